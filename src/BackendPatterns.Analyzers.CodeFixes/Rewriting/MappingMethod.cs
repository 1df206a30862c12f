using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>A method of this compilation that returns one expression of its only parameter (<c>ToDto()</c>, <c>Dto.From(entity)</c>), so that the expression can be written in its place.</summary>
/// <param name="Row">The parameter.</param>
/// <param name="Value">What the method returns.</param>
public sealed record MappingMethod(IParameterSymbol Row, IOperation Value)
{
    /// <summary>Returns the method that a call or a method group names, or null where it is none whose expression means the same elsewhere.</summary>
    public static MappingMethod? Of(IOperation use, BackendModel model)
    {
        var method = use switch
        {
            IInvocationOperation call => call.TargetMethod,
            IMethodReferenceOperation group => group.Method,
            _ => null,
        };
        method = (method?.ReducedFrom ?? method)?.OriginalDefinition;
        if (method is not { IsStatic: true, IsAsync: false, IsGenericMethod: false, MethodKind: MethodKind.Ordinary, Parameters: [{ RefKind: RefKind.None } row] } || method.ContainingType.IsGenericType)
            return null;
        var value = model.BodyOf(method) switch
        {
            IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } returned }] } => returned,
            _ => null,
        };
        return value?.Unwrap() is IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax } created && IsClosed(created, row) ? new MappingMethod(row, created) : null;
    }

    /// <summary>Returns the expression with another one in place of the parameter, with the types written as they are named at a position.</summary>
    public ExpressionSyntax Write(string row, SemanticModel semantics, int position)
    {
        var replaced = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        foreach (var part in Value.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation)
            {
                replaced[part.Syntax] = old => SyntaxFactory.IdentifierName(row).WithTriviaFrom(old);
            }
            else if (part is IObjectCreationOperation { Type: { } type, Syntax: BaseObjectCreationExpressionSyntax creation })
            {
                var name = SyntaxFactory.ParseTypeName(type.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(semantics, position));
                replaced[creation] = old => Named((BaseObjectCreationExpressionSyntax)old, name);
            }
        }

        return ((ExpressionSyntax)Value.Syntax.ReplaceNodes(replaced.Keys, (original, current) => replaced[original](current))).WithoutTrivia();
    }

    private static ObjectCreationExpressionSyntax Named(BaseObjectCreationExpressionSyntax creation, TypeSyntax type)
    {
        var list = creation.ArgumentList is { Arguments.Count: 0 } && creation.Initializer is not null ? null : creation.ArgumentList;
        var gap = list is null ? creation is ObjectCreationExpressionSyntax written ? (written.ArgumentList ?? (SyntaxNode)written.Type).GetTrailingTrivia() : creation.ArgumentList!.GetTrailingTrivia() : default;
        return SyntaxFactory.ObjectCreationExpression(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space), type.WithTrailingTrivia(gap), list, creation.Initializer)
            .WithTrailingTrivia(creation.GetTrailingTrivia());
    }

    /// <summary>True where the expression names nothing but the parameter, its members and the types that it creates.</summary>
    private static bool IsClosed(IOperation value, IParameterSymbol row)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            var isAllowed = part switch
            {
                IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, row) && parameter.Parent is IPropertyReferenceOperation,
                IInvocationOperation call => call.Instance is not null && !call.TargetMethod.IsExtensionMethod,
                IMemberReferenceOperation { Member.IsStatic: true } => false,
                IInstanceReferenceOperation reference => reference.ReferenceKind is InstanceReferenceKind.ImplicitReceiver,
                ILocalReferenceOperation or IAnonymousFunctionOperation or IAwaitOperation or ITypeOfOperation or INameOfOperation or IMethodReferenceOperation => false,
                IConversionOperation { IsImplicit: false } or IPatternOperation or ISwitchExpressionOperation or IDeclarationExpressionOperation or IArrayCreationOperation or IDefaultValueOperation => false,
                IObjectCreationOperation creation => creation.Syntax is BaseObjectCreationExpressionSyntax,
                _ => true,
            };
            if (!isAllowed)
                return false;
        }

        return true;
    }
}
