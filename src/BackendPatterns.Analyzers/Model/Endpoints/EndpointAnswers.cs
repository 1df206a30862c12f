using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What endpoints answer with: the values that reach the result of a handler, itself or through the methods that it calls.</summary>
public sealed class EndpointAnswers
{
    private const int MostCalls = 3;
    private const int MostSteps = 64;
    private const int MostReturns = 8;

    private static readonly HashSet<string> Results = new(StringComparer.Ordinal) { "Ok", "Json", "Accepted", "Content", "Success", "View", "PartialView" };

    private static readonly HashSet<string> Copies = new(StringComparer.Ordinal)
    {
        "Select", "ToList", "ToArray", "AsEnumerable", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Reverse", "AsReadOnly", "ToImmutableArray", "ToImmutableList", "Map", "Adapt",
    };

    private readonly EndpointModel _endpoints;
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<ISymbol>?> _actions = new(SymbolEqualityComparer.Default);

    internal EndpointAnswers(EndpointModel endpoints) => _endpoints = endpoints;

    /// <summary>
    /// Returns the handler of an endpoint that answers with all elements of a value that these statements of <see cref="ReturnsOf"/> return; null where none surely does.
    /// </summary>
    public IMethodSymbol? HandlerOf(IReadOnlyList<IReturnOperation> returns)
    {
        var steps = 0;
        return HandlerOf(returns, calls: 0, ref steps);
    }

    /// <summary>
    /// Returns the statements around a value that return all of its elements: as they are, wrapped in a result, each mapped, sorted. Empty where none surely does. Looks at one
    /// member only.
    /// </summary>
    public static IReadOnlyList<IReturnOperation> ReturnsOf(IOperation value)
    {
        var returns = new List<IReturnOperation>();
        var pending = new Stack<IOperation>();
        pending.Push(value);
        for (var steps = 0; pending.Count > 0 && steps < MostSteps && returns.Count < MostReturns; steps++)
        {
            var current = pending.Pop().WalkUpValue();
            switch (current.Parent)
            {
                case IReturnOperation returned:
                    returns.Add(returned);
                    break;
                // ActionResult<T> has conversions of its own.
                case IConversionOperation { Type: { } result } conversion when result.ContainingNamespace.IsBelow("Microsoft.AspNetCore"):
                    pending.Push(conversion);
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } argument when Results.Contains(call.TargetMethod.Name) || (Copies.Contains(call.TargetMethod.Name) && argument.Parameter?.Ordinal == 0):
                    pending.Push(call);
                    break;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when !IsPaging(creation.Type!.Name):
                    pending.Push(creation);
                    break;
                case IInvocationOperation call when call.Instance == current && Copies.Contains(call.TargetMethod.Name):
                    pending.Push(call);
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation, Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } } when !IsPaging(creation.Type!.Name):
                    pending.Push(creation);
                    break;
                case IConditionalOperation choice when choice.Condition != current:
                    pending.Push(choice);
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } when LocalValues.Around(declarator) is var values && values.OnlyValueOf(local) is not null:
                    foreach (var place in values.ReferencesTo(local))
                        pending.Push(place);
                    break;
            }
        }

        return returns;
    }

    private IMethodSymbol? HandlerOf(IReadOnlyList<IReturnOperation> returns, int calls, ref int steps)
    {
        foreach (var returned in returns)
        {
            if (++steps > MostSteps || FunctionOf(returned) is not { } function || AnswersByPages(function))
                continue;
            if (IsHandler(function, returned))
                return function;
            if (calls >= MostCalls || function.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction) || _endpoints.CallersOf(function) is not { IsDefault: false } callers)
                continue;
            foreach (var call in callers)
            {
                if (HandlerOf(ReturnsOf(call), calls + 1, ref steps) is { } handler)
                    return handler;
            }
        }

        return null;
    }

    private static IMethodSymbol? FunctionOf(IReturnOperation returned) => returned.EnclosingFunction() switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        _ => returned.SemanticModel?.GetEnclosingSymbol(returned.Syntax.SpanStart) as IMethodSymbol,
    };

    private bool IsHandler(IMethodSymbol function, IReturnOperation returned)
    {
        if (function.MethodKind is MethodKind.AnonymousFunction)
            return returned.EnclosingFunction() is IAnonymousFunctionOperation lambda && _endpoints.MapCallOf(lambda) is not null;
        if (function is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType: { TypeKind: TypeKind.Class } type } && ActionsOf(type)?.Contains(function.OriginalDefinition) == true)
            return true;
        return _endpoints.MapCallsOf(function).Any();
    }

    private HashSet<ISymbol>? ActionsOf(INamedTypeSymbol type) => _actions.GetOrAdd(
        type.OriginalDefinition,
        t => _endpoints.Controllers.ContainOrServeAsBase(t)
            ? new HashSet<ISymbol>(_endpoints.Controllers.ActionsOf(t).Select(static action => action.OriginalDefinition), SymbolEqualityComparer.Default)
            : null);

    /// <summary>True where a method takes a page or its size, or returns one: what it leaves out is then its own affair.</summary>
    private static bool AnswersByPages(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (IsPaging(parameter.Name) || IsPaging(parameter.Type.Name))
                return true;
        }

        return method.ReturnType is INamedTypeSymbol result && MentionsPage(result);
    }

    private static bool MentionsPage(INamedTypeSymbol type)
    {
        for (var depth = 0; depth < 4; depth++)
        {
            if (IsPaging(type.Name))
                return true;
            if (type.TypeArguments is not [INamedTypeSymbol inner])
                return false;
            type = inner;
        }

        return false;
    }

    private static bool IsPaging(string name)
    {
        foreach (var word in NameWords.Of(name))
        {
            if (word is "page" or "pages" or "paged" or "paging" or "pagination" or "paginated" or "pager" or "limit" or "offset" or "cursor" or "skip" or "take" or "top" or "odata")
                return true;
        }

        return false;
    }
}
