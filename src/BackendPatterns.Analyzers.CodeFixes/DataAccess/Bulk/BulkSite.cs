using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The place that calls a single-row method once per item.</summary>
public sealed class BulkSite(IInvocationOperation call, InvocationExpressionSyntax syntax, BackendModel model)
{
    /// <summary>Returns the ordinal of the only parameter whose argument depends on the turn of the loop, or null.</summary>
    public static int? VaryingParameter(IInvocationOperation call)
    {
        var given = call.Arguments.Where(static argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: not null }).ToList();
        var varying = BatchKeyEquality.OnlyVarying(given.ConvertAll(static argument => argument.Value), call);
        return varying < 0 ? null : given[varying].Parameter!.Ordinal;
    }

    /// <summary>
    /// Returns the plan with one call before the loop, still without that call; null where the answers are not provably the same for every
    /// method that may run.
    /// </summary>
    public async Task<BatchPlan?> PlanAsync(Document document, IReadOnlyList<BulkMethod> methods, CancellationToken cancellationToken)
    {
        BatchPlan? first = null;
        foreach (var method in methods)
        {
            if (QueryHere(method) is not { } query || BatchPlan.For(query, model, cancellationToken) is not { } plan
                || HandsOutEntities(method) || !IsListKept(method)
                || await IsConfiguredElsewhereAsync(query, document.Project, cancellationToken).ConfigureAwait(false)
                || (query.IsFind && !LeavesUnsavedRowsAlone(ref plan, cancellationToken))
                || !await BatchAssumptions.HoldAsync(plan, model, document.Project.Solution, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            first ??= plan;
        }

        return first;
    }

    /// <summary>Returns the call of a new method whose parameters are those of the single-row method, the keys in place of the key.</summary>
    public BulkCall? CallOf(string name, string keysName, BulkMethod method)
    {
        if (ArgumentOf(method.Key.Ordinal) is not { Syntax: ArgumentSyntax key } || BulkCall.CalleeOf(syntax, name) is not { } callee)
            return null;
        var arguments = syntax.ArgumentList.Arguments;
        var text = arguments.ToString();
        var start = key.SpanStart - arguments.Span.Start;
        var named = key.NameColon is null ? "" : keysName + ": ";
        text = text.Substring(0, start) + named + BulkCall.Keys + text.Substring(start + key.Span.Length);
        return new BulkCall(callee, text, method.Query.IsAsync, ToRowsByKey: "");
    }

    /// <summary>Returns the call of a bulk sibling, or null where it needs an argument that this place does not give.</summary>
    public BulkCall? CallOf(BulkSibling sibling, BulkMethod method)
    {
        if (BulkCall.CalleeOf(syntax, sibling.Method.Name) is not { } callee || (sibling.ReturnsRows && method.Query.RowKey.Type.IsNullableValue()))
            return null;
        var arguments = new List<string>();
        var isSkipped = false;
        foreach (var parameter in sibling.Method.Parameters)
        {
            if (ValueFor(parameter, sibling) is { } value)
                arguments.Add(isSkipped ? $"{parameter.Name}: {value}" : value);
            else if (parameter.HasExplicitDefaultValue)
                isSkipped = true;
            else
                return null;
        }

        var row = FreshNames.ForLambda(syntax).Take(method.Query.Row.Name.Substring(0, 1).ToLowerInvariant());
        var toRows = sibling.ReturnsRows ? $".{(method.Query.IsSingleRow ? "ToDictionary" : "ToLookup")}({row} => {row}.{method.Query.RowKey.Name})" : "";
        return new BulkCall(callee, string.Join(", ", arguments), method.Query.IsAsync, toRows);
    }

    private string? ValueFor(IParameterSymbol parameter, BulkSibling sibling)
    {
        if (SymbolEqualityComparer.Default.Equals(parameter, sibling.Keys))
            return parameter.Type is IArrayTypeSymbol ? BulkCall.Keys + ".ToArray()" : BulkCall.Keys;
        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter.Name) is { ArgumentKind: ArgumentKind.Explicit } given
            ? given.Value.Syntax.ToString()
            : null;
    }

    /// <summary>The query of the method, as if it stood in place of the call.</summary>
    private BatchQuery? QueryHere(BulkMethod method)
    {
        if (ArgumentOf(method.Key.Ordinal) is not { Value: var value } || value.Unwrap() is not { Type: { } type } key
            || type.WithoutNullable().ToDisplayString() != method.Query.RowKey.Type.WithoutNullable().ToDisplayString()
            || (type.IsNullableValue() && !method.Query.IsSingleRow))
        {
            return null;
        }

        var token = call.Arguments.FirstOrDefault(static argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.Name: "CancellationToken" });
        return method.Query with { Call = call, ItemKey = key, Row = Here(method.Query.Row), CancellationToken = token?.Value.Syntax as ExpressionSyntax };
    }

    private IArgumentOperation? ArgumentOf(int ordinal) =>
        call.Arguments.FirstOrDefault(argument => argument.ArgumentKind is ArgumentKind.Explicit && argument.Parameter?.Ordinal == ordinal);

    /// <summary>The entity as this project knows it; where it does not know it, no code here can do anything to its rows.</summary>
    private INamedTypeSymbol Here(INamedTypeSymbol row) =>
        row.GetDocumentationCommentId() is { } id && DocumentationCommentId.GetFirstSymbolForDeclarationId(id, model.Compilation) is INamedTypeSymbol here ? here : row;

    /// <summary>What a projection makes is for the model of the project that it stands in to say.</summary>
    private bool HandsOutEntities(BulkMethod method) =>
        method.Member.Semantics.Compilation != model.Compilation
            && BatchEffects.ProjectsEntities(method.Query, BackendModel.For(method.Member.Semantics.Compilation));

    /// <summary>A method that returns its list as another type gives the loop that type, on which its code may depend.</summary>
    private bool IsListKept(BulkMethod method)
    {
        var returned = call.TargetMethod.ReturnType.UnwrapTask();
        if (method.Query.IsSingleRow || method.Query.IsCounted || returned is IArrayTypeSymbol or INamedTypeSymbol { Name: "List" })
            return true;
        var value = call.WalkUpValue();
        return IsListReadOnly(value)
               || value.Parent is IVariableInitializerOperation { Syntax.Parent.Parent: VariableDeclarationSyntax { Type.IsVar: false } }
               || (value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var list } } && LocalValues.Around(value).ReferencesTo(list).All(IsListReadOnly));
    }

    /// <summary>Its items are enumerated, counted or queried in a way that is the same for a list of any type.</summary>
    private static bool IsListReadOnly(IOperation list)
    {
        var value = list.WalkUpValue();
        return value.Parent switch
        {
            IForEachLoopOperation loop => loop.Collection == value,
            IPropertyReferenceOperation property => property.Instance == value,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: not "Reverse" } } query } => query.Receiver()?.Unwrap() == list,
            _ => false,
        };
    }

    /// <summary>
    /// How a context tracks, and which rows it hides, may be said in any project of the solution: where this one says nothing, the others are asked.
    /// </summary>
    private async Task<bool> IsConfiguredElsewhereAsync(BatchQuery query, Project here, CancellationToken cancellationToken)
    {
        var word = query.IsFind ? "HasQueryFilter" : "QueryTrackingBehavior";
        if (!query.IsFind && (query.Projection is not null || query.Has("AsTracking") || query.Has("AsNoTracking") || query.Has("AsNoTrackingWithIdentityResolution")))
            return false;
        foreach (var project in here.Solution.Projects)
        {
            if (project.Id != here.Id && await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation && CompilationText.Mentions(compilation, word))
                return true;
        }

        return false;
    }

    /// <summary><c>Find</c> answers with rows that were added but not saved: nothing may add one before the loop or in it.</summary>
    private bool LeavesUnsavedRowsAlone(ref BatchPlan plan, CancellationToken cancellationToken)
    {
        var effects = new BatchEffects(plan.Query, plan.Loop, model, cancellationToken);
        IOperation current = plan.Loop.Operation;
        while (current.Parent is { } parent)
        {
            foreach (var sibling in parent.ChildOperations)
            {
                if (sibling != current && (sibling.Syntax.SpanStart < current.Syntax.SpanStart || parent is ILoopOperation) && !effects.IsHarmless(sibling))
                    return false;
            }

            current = parent;
        }

        plan = plan with { Assumed = plan.Assumed.AddRange(effects.Assumed) };
        return true;
    }
}
