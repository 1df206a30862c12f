using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// A method that does nothing but run one query for the key in one of its parameters: <c>Task&lt;Customer?&gt; FindAsync(int id) =>
/// db.Customers.FirstOrDefaultAsync(c => c.Id == id)</c>. The same query can be asked for many keys.
/// </summary>
/// <param name="Member">The method and its declaration.</param>
/// <param name="Query">Its query.</param>
/// <param name="Key">The parameter with the key.</param>
public sealed record BulkMethod(BulkMember Member, BatchQuery Query, IParameterSymbol Key)
{
    public IMethodSymbol Method => Member.Method;

    /// <summary>
    /// Returns the parts, or null where the method does more, may be overridden, or its query depends on anything but its arguments, or on the key
    /// in another way than by comparing a column with it.
    /// </summary>
    public static BulkMethod? Of(BulkMember member, int keyOrdinal, BackendModel model, CancellationToken cancellationToken)
    {
        var method = member.Method;
        var key = method.Parameters[keyOrdinal];
        if (key.HasExplicitDefaultValue || method is not { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, IsGenericMethod: false, IsAbstract: false, IsExtensionMethod: false }
            || method.IsVirtual || method.IsOverride || method.ContainingType is { IsGenericType: true } or { TypeKind: TypeKind.Interface }
            || method.Parameters.Any(static parameter => parameter.RefKind is not RefKind.None || parameter.IsParams)
            || member.Declaration is not { AttributeLists.Count: 0, ContainsDirectives: false }
            || SingleQueryBody.Of(member.Declaration) is not { } value || SingleQueryBody.CallIn(value) is not { } syntax
            || model.SemanticModelOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellationToken) is not IInvocationOperation call
            || BatchQuery.Of(call, model, key) is not { GroupOrder: null, ItemKey: IParameterReferenceOperation { Parameter: var compared } } query
            || !SymbolEqualityComparer.Default.Equals(compared, key)
            || !Returns(method, query))
        {
            return null;
        }

        return DependsOnArguments(query, method, model) ? new BulkMethod(member, query, key) : null;
    }

    /// <summary>True where the method gives back what the query does, and a task where the query does.</summary>
    private static bool Returns(IMethodSymbol method, BatchQuery query)
    {
        var returned = method.ReturnType.UnwrapTask();
        var rows = query.Call.Type?.UnwrapTask();
        return method.ReturnType.IsTask() == query.IsAsync
               && (SymbolEqualityComparer.Default.Equals(returned, rows) || (!query.IsSingleRow && !query.IsCounted && IsContractOfLists(returned) && SymbolEqualityComparer.Default.Equals(returned.ElementTypeOfSequence(), rows.ElementTypeOfSequence())));
    }

    private static bool IsContractOfLists(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface, Arity: 1, Name: "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" or "IList" or "ICollection" };

    /// <summary>
    /// Apart from its arguments, the query mentions only what nobody changes: the rows, the context and its sets, constants. A method of this code base that is called on the row
    /// would run in memory, once per row as before but for other rows.
    /// </summary>
    private static bool DependsOnArguments(BatchQuery query, IMethodSymbol method, BackendModel model) =>
        new BatchMentions(query, model).AreFixed(operation => operation switch
        {
            IParameterReferenceOperation { Parameter: var parameter } => IsOwnArgument(parameter, query, method) || IsOfTypeAndKept(parameter),
            IFieldReferenceOperation { Field: var field } => field.IsConst || field.IsReadOnly,
            _ => false,
        });

    private static bool IsOwnArgument(IParameterSymbol parameter, BatchQuery query, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method)
            && !SymbolEqualityComparer.Default.Equals(parameter, ((IParameterReferenceOperation)query.ItemKey).Parameter);

    /// <summary>A parameter of the primary constructor that nothing in the type assigns.</summary>
    private static bool IsOfTypeAndKept(IParameterSymbol parameter) =>
        parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor }, DeclaringSyntaxReferences: [var declaration] }
        && declaration.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        && !type.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Name);
}
