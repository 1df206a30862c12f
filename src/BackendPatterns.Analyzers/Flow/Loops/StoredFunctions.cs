using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Lambdas and method groups that a local or a readonly field holds, stored once: the variable stands for the function wherever it is used.</summary>
internal static class StoredFunctions
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<IInvocationOperation?>> CallsOfFields = new();

    /// <summary>Returns the first call that runs the function of this initializer once per item, or null where none does.</summary>
    public static IInvocationOperation? CallOf(IOperation initializer, int depth)
    {
        if (depth >= OwnOperators.MostDepth)
            return null;
        switch (initializer)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } }:
                var values = LocalValues.Around(initializer);
                return values.OnlyValueOf(local) is null ? null : CallAmong(values.ReferencesTo(local), depth + 1);
            case IFieldInitializerOperation { InitializedFields: [{ IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } field] } when depth == 0:
                return CallsOfFields.GetValue(initializer, _ => new StrongBox<IInvocationOperation?>(CallOfField(field, initializer))).Value;
            default:
                return null;
        }
    }

    private static IInvocationOperation? CallAmong(IEnumerable<IOperation> uses, int depth)
    {
        foreach (var use in uses)
        {
            if (PerItemOperators.CallOf(use, depth) is { } call)
                return call;
        }

        return null;
    }

    private static IInvocationOperation? CallOfField(IFieldSymbol field, IOperation initializer)
    {
        if (initializer.SemanticModel?.Compilation is not { } compilation)
            return null;
        var model = BackendModel.For(compilation);
        foreach (var declaration in field.ContainingType.DeclaringSyntaxReferences)
        {
            if (model.SemanticModelOf(declaration.SyntaxTree) is not { } semantics)
                continue;
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax { Identifier.ValueText: var text } name && text == field.Name && name.Parent is not MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax }
                    && semantics.GetOperation(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name) is IFieldReferenceOperation use
                    && PerItemOperators.CallOf(use, depth: 1) is { } call)
                {
                    return call;
                }
            }
        }

        return null;
    }
}
