using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>How constructor parameters get into fields and properties.</summary>
internal static class ConstructorAssignments
{
    /// <summary>Returns the constructor parameter that a field or property holds all its life, or null where it is set in another way.</summary>
    public static IParameterSymbol? ParameterBehind(ISymbol member, TypeDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (member is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod.IsInitOnly: false } && IsWrittenOutside(member, declaration))
            return null;
        var initial = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
            _ => null,
        };
        if (initial is not null)
            return declaration.ParameterList is not null ? Named(initial, semantics, cancellationToken) : null;
        foreach (var constructor in declaration.Members.OfType<ConstructorDeclarationSyntax>())
        {
            foreach (var assignment in Assignments(constructor))
            {
                if (TargetName(assignment) == member.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, member))
                    return Named(assignment.Right, semantics, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>The assignments that a constructor always makes.</summary>
    public static IEnumerable<AssignmentExpressionSyntax> Assignments(ConstructorDeclarationSyntax constructor)
    {
        if (constructor.ExpressionBody?.Expression is AssignmentExpressionSyntax only)
            return [only];
        return constructor.Body?.Statements.OfType<ExpressionStatementSyntax>().Select(static statement => statement.Expression).OfType<AssignmentExpressionSyntax>()
            .Where(static assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)) ?? [];
    }

    /// <summary>Returns the member that an assignment sets: <c>_db</c> of <c>_db = db</c> and <c>this._db = db</c>.</summary>
    public static string? TargetName(AssignmentExpressionSyntax assignment) => assignment.Left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>True for a parameter that goes to another constructor.</summary>
    public static bool IsForwarded(IParameterSymbol parameter, TypeDeclarationSyntax declaration) =>
        declaration.Members.OfType<ConstructorDeclarationSyntax>().Select(static constructor => (SyntaxNode?)constructor.Initializer)
            .Concat(declaration.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().Select(static type => (SyntaxNode?)type.ArgumentList) ?? [])
            .Any(arguments => arguments?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parameter.Name) == true);

    // _db = db; _db = db ?? throw new ArgumentNullException(nameof(db));
    private static IParameterSymbol? Named(ExpressionSyntax value, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax } guarded)
            value = guarded.Left;
        return value is IdentifierNameSyntax ? semantics.GetSymbolInfo(value, cancellationToken).Symbol as IParameterSymbol : null;
    }

    private static bool IsWrittenOutside(ISymbol member, TypeDeclarationSyntax declaration) =>
        declaration.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => TargetName(assignment) == member.Name && assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null);
}
