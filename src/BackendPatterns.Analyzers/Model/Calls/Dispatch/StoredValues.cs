using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>What is stored once and never again: in a local, a readonly field, a property without a setter.</summary>
internal static class StoredValues
{
    private const int MostSteps = 8;

    /// <summary>Returns the lambda, local function or method that a delegate holds, with the object that a method group was taken from; null where it is not known.</summary>
    public static (IMethodSymbol Method, IOperation? Instance)? FunctionOf(IOperation? value, BackendModel model) => OriginOf(value, model) switch
    {
        IAnonymousFunctionOperation lambda => (lambda.Symbol, null),
        IMethodReferenceOperation group => (group.Method, group.Instance),
        _ => null,
    };

    /// <summary>Returns the type of the object that a value is, where the code shows its creation; else null.</summary>
    public static INamedTypeSymbol? ExactTypeOf(IOperation? value, BackendModel model) =>
        value?.Unwrap().Type is INamedTypeSymbol { IsSealed: true } type ? type
        : OriginOf(value, model) is IObjectCreationOperation { Type: INamedTypeSymbol created } ? created
        : null;

    /// <summary>Returns the expression that a value comes from, through variables that are given one value only.</summary>
    private static IOperation? OriginOf(IOperation? value, BackendModel model)
    {
        var current = value?.Unwrap();
        for (var steps = 0; steps < MostSteps && current is not null; steps++)
        {
            switch (current)
            {
                case ILocalReferenceOperation local:
                    current = LocalValues.Around(local).OnlyValueOf(local.Local)?.Unwrap();
                    break;
                case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                    current = OnlyValueOf(field, model)?.Unwrap();
                    break;
                case IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false, IsAbstract: false, IsVirtual: false, IsOverride: false } property }:
                    current = OnlyValueOf(property, model)?.Unwrap();
                    break;
                case IConditionalAccessInstanceOperation instance:
                    current = ReceiverOf(instance)?.Unwrap();
                    break;
                default:
                    return current;
            }
        }

        return null;
    }

    private static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        for (var current = instance.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalAccessOperation access && access.WhenNotNull.Syntax.Span.Contains(instance.Syntax.Span) && !access.Operation.Syntax.Span.Contains(instance.Syntax.Span))
                return access.Operation;
            if (current is IConditionalAccessOperation outer && outer.Operation.Syntax == instance.Syntax)
                return outer.Operation;
        }

        return null;
    }

    private static IOperation? OnlyValueOf(ISymbol member, BackendModel model)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (model.SemanticModelOf(reference.SyntaxTree) is not { } semantics)
                continue;
            var initializer = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax { ExpressionBody: null } property => property.Initializer?.Value,
                _ => null,
            };
            if (initializer is not null)
                return IsOrigin(initializer) ? semantics.GetOperation(initializer) : null;
        }

        return AssignedByConstructor(member, model);
    }

    private static IOperation? AssignedByConstructor(ISymbol member, BackendModel model)
    {
        ExpressionSyntax? only = null;
        foreach (var constructor in member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax() is not ConstructorDeclarationSyntax declaration || model.SemanticModelOf(reference.SyntaxTree) is null)
                    continue;
                foreach (var node in declaration.DescendantNodes())
                {
                    if (node is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment || NameOf(assignment.Left) != member.Name)
                        continue;
                    if (only is not null)
                        return null;
                    only = assignment.Right;
                }
            }
        }

        return only is not null && IsOrigin(only) ? model.SemanticModelOf(only.SyntaxTree)?.GetOperation(only) : null;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    // A function or an object made here; a parameter of the constructor or the result of a call leads nowhere and is not worth binding.
    private static bool IsOrigin(ExpressionSyntax value) =>
        value is AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax;
}
