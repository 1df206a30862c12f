using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;

/// <summary>
/// The anonymous types that queries of a handler project to. A record with the same members can stand for one wherever it is only loaded, read and serialized: EF Core translates
/// an object initializer as it does an anonymous object, except where rows are compared as a whole.
/// </summary>
internal sealed class ProjectedTypes
{
    /// <summary>Methods that compare what their lambda returns.</summary>
    private static readonly HashSet<string> ByKey = new(StringComparer.Ordinal)
    {
        "GroupBy", "Join", "LeftJoin", "RightJoin", "GroupJoin", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "DistinctBy", "ToDictionary", "ToDictionaryAsync", "ToLookup", "CountBy", "AggregateBy",
        "UnionBy", "ExceptBy", "IntersectBy", "MinBy", "MaxBy", "HasKey", "HasIndex",
    };

    /// <summary>Methods that compare the objects they are called on, or write them as text.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "Distinct", "Union", "Except", "Intersect", "Concat", "Contains", "SequenceEqual", "ToHashSet", "ToHashSetAsync", "Order", "OrderDescending", "Min", "Max", "ToString", "GetHashCode", "Equals", "GetType",
    };

    private readonly SemanticModel _semantics;
    private readonly CancellationToken _cancellation;

    public ProjectedTypes(SemanticModel semantics, CancellationToken cancellationToken)
    {
        _semantics = semantics;
        _cancellation = cancellationToken;
    }

    /// <summary>Returns the types, each with the places in a handler that make its objects; a type that could not become a record is left out.</summary>
    public IReadOnlyList<IGrouping<INamedTypeSymbol, AnonymousObjectCreationExpressionSyntax>> In(SyntaxNode handler)
    {
        var all = handler.DescendantNodes().OfType<AnonymousObjectCreationExpressionSyntax>()
            .Select(creation => (Creation: creation, Type: TypeOf(creation)!)).Where(static found => found.Type is not null)
            .GroupBy(static found => found.Type, static found => found.Creation, (IEqualityComparer<INamedTypeSymbol>)SymbolEqualityComparer.Default).ToList();
        var compared = ComparedIn(handler);
        return all.Where(same => same.Any(IsProjected) && !same.Any(IsCompared) && !compared.Contains(same.Key)).ToList();
    }

    /// <summary>Returns the type of an anonymous object.</summary>
    public INamedTypeSymbol? TypeOf(AnonymousObjectCreationExpressionSyntax creation) => _semantics.GetTypeInfo(creation, _cancellation).Type as INamedTypeSymbol;

    /// <summary>True for what a lambda or a query returns, and for a part of it.</summary>
    private static bool IsProjected(AnonymousObjectCreationExpressionSyntax creation) => Outermost(creation).Parent is LambdaExpressionSyntax or ReturnStatementSyntax { Parent.Parent: LambdaExpressionSyntax } or SelectClauseSyntax;

    private static bool IsCompared(AnonymousObjectCreationExpressionSyntax creation)
    {
        var value = Outermost(creation);
        var lambda = value.Parent as LambdaExpressionSyntax ?? (value.Parent as ReturnStatementSyntax)?.Parent?.Parent as LambdaExpressionSyntax;
        return value.Parent switch
        {
            SelectClauseSyntax { Parent: QueryBodySyntax { Continuation: not null } } => true,
            GroupClauseSyntax or JoinClauseSyntax or OrderingSyntax or LetClauseSyntax or BinaryExpressionSyntax or InterpolationSyntax => true,
            _ => lambda?.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && ByKey.Contains(NameOf(call)),
        };
    }

    /// <summary>The types of objects that the handler compares, or writes as text.</summary>
    private HashSet<ITypeSymbol> ComparedIn(SyntaxNode handler)
    {
        var compared = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var node in handler.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } call when Whole.Contains(NameOf(call)):
                    Add(receiver);
                    break;
                case InterpolationSyntax { Expression: var text }:
                    Add(text);
                    break;
                case BinaryExpressionSyntax { Left: var left, Right: var right } binary when binary.IsKind(SyntaxKind.AddExpression) || binary.IsKind(SyntaxKind.EqualsExpression) || binary.IsKind(SyntaxKind.NotEqualsExpression):
                    Add(left);
                    Add(right);
                    break;
            }
        }

        return compared;

        void Add(ExpressionSyntax expression)
        {
            var type = _semantics.GetTypeInfo(expression, _cancellation).Type;
            if ((type?.ElementTypeOfSequence() ?? type) is INamedTypeSymbol { IsAnonymousType: true } anonymous)
                compared.Add(anonymous);
        }
    }

    private static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case ParenthesizedExpressionSyntax or ConditionalExpressionSyntax:
                    expression = (ExpressionSyntax)expression.Parent;
                    break;
                case AnonymousObjectMemberDeclaratorSyntax { Parent: AnonymousObjectCreationExpressionSyntax whole }:
                    expression = whole;
                    break;
                default:
                    return expression;
            }
        }
    }

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
