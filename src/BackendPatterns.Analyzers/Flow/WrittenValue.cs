using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What the source says that a value is, through locals, readonly fields and properties without a setter that are given one value only.</summary>
internal static class WrittenValue
{
    private const int MostSteps = 8;

    /// <summary>Returns the expression that a value comes from: a constant, or the first one that is no such variable; null where a variable has several values or none that is seen.</summary>
    public static IOperation? Of(IOperation value, BackendModel model, CancellationToken cancellation)
    {
        IOperation? current = value.Unwrap();
        for (var steps = 0; steps < MostSteps && current is not null; steps++)
        {
            if (current.ConstantValue.HasValue)
                return current;
            switch (current)
            {
                case ILocalReferenceOperation local:
                    current = LocalValues.Around(local).OnlyValueOf(local.Local)?.Unwrap();
                    break;
                case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                    current = InitialValueOf(field, model, cancellation)?.Unwrap();
                    break;
                case IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false, IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences.IsEmpty: false } property }:
                    current = InitialValueOf(property, model, cancellation)?.Unwrap();
                    break;
                default:
                    return current;
            }
        }

        return null;
    }

    /// <summary>True where a value is the constant <c>false</c>.</summary>
    public static bool IsFalse(IOperation value, BackendModel model, CancellationToken cancellation) =>
        Of(value, model, cancellation)?.ConstantValue is { HasValue: true, Value: false };

    /// <summary>True where a value is the constant <c>true</c>.</summary>
    public static bool IsTrue(IOperation value, BackendModel model, CancellationToken cancellation) =>
        Of(value, model, cancellation)?.ConstantValue is { HasValue: true, Value: true };

    private static IOperation? InitialValueOf(ISymbol member, BackendModel model, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation).InitialValue() is { } value)
                return IsAssignedByConstructor(member, cancellation) ? null : model.SemanticModelOf(reference.SyntaxTree)?.GetOperation(value, cancellation);
        }

        return null;
    }

    private static bool IsAssignedByConstructor(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.ContainingType.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax type)
                continue;
            foreach (var constructor in type.Members)
            {
                if (constructor is not ConstructorDeclarationSyntax)
                    continue;
                foreach (var node in constructor.DescendantNodes())
                {
                    if (node is AssignmentExpressionSyntax { Left: var target } && NameOf(target) == member.Name)
                        return true;
                }
            }
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}
