using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The calls of one method in this compilation, found by its name in the indexes of the trees and then bound.</summary>
internal static class CallersInSource
{
    private const int MostCallers = 8;

    /// <summary>Returns the calls of a method as <see cref="Of"/> does, from those that the model keeps where it is a web application; default where there are more than a handful.</summary>
    public static ImmutableArray<IInvocationOperation> Handful(IMethodSymbol method, BackendModel model) =>
        model.Endpoints is { } endpoints ? endpoints.CallersOf(method) : Of(method, model, MostCallers);

    /// <summary>
    /// Returns the calls of a method, direct ones and those through an interface member that it implements or a method that it overrides.
    /// Default (not empty) where there are more than <paramref name="maximum"/>, or where the method is also used as a value.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="maximum">How many calls are an answer.</param>
    /// <param name="trees">Where to look, for a method that cannot be called from elsewhere; null for everywhere.</param>
    public static ImmutableArray<IInvocationOperation> Of(IMethodSymbol method, BackendModel model, int maximum, IEnumerable<SyntaxTree>? trees = null)
    {
        var targets = TargetsOf(method);
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var name in trees?.SelectMany(tree => NameMentions.In(tree, method.Name)) ?? model.Mentions.Of(method.Name))
        {
            if (model.SemanticModelOf(name.SyntaxTree) is not { } semantics || semantics.GetSymbolInfo(name).Symbol is not IMethodSymbol symbol)
                continue;
            if (!targets.Contains((symbol.ReducedFrom ?? symbol).OriginalDefinition) || IsInNameOf(name))
                continue;
            if (calls.Count == maximum || InvocationOf(name) is not { } invocation || semantics.GetOperation(invocation) is not IInvocationOperation call)
                return default;
            calls.Add(call);
        }

        return calls.ToImmutable();
    }

    private static HashSet<ISymbol> TargetsOf(IMethodSymbol method)
    {
        var targets = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { method.OriginalDefinition };
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            targets.Add(overridden.OriginalDefinition);
        if (method is { ContainingType: not null, IsStatic: false })
        {
            foreach (var promised in method.ImplementedMembers())
                targets.Add(promised.OriginalDefinition);
        }

        return targets;
    }

    private static InvocationExpressionSyntax? InvocationOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax direct when direct.Expression == name => direct,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when member.Name == name && call.Expression == member => call,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    private static bool IsInNameOf(SyntaxNode name)
    {
        for (var node = name.Parent; node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })
                return true;
        }

        return false;
    }
}
