using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Where the source of a compilation calls a method, and where it hands the method on as a value.</summary>
internal static class UsesInSource
{
    /// <summary>
    /// Returns the calls and method groups of a method, direct ones and those through a member that it implements or overrides, in source order. Default (not empty) where there are more than
    /// <paramref name="maximum"/>, or where one of them is neither.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="maximum">How many uses are an answer.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="trees">Where to look, for a method that cannot be used elsewhere; null for everywhere.</param>
    public static ImmutableArray<IOperation> Of(IMethodSymbol method, BackendModel model, int maximum, CancellationToken cancellation, IEnumerable<SyntaxTree>? trees = null)
    {
        var targets = TargetsOf(method);
        var counts = CountsOf(targets);
        var receivers = new CallReceivers(targets);
        var uses = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var name in trees?.SelectMany(tree => NameMentions.In(tree, method.Name)) ?? model.Mentions.Of(method.Name))
        {
            cancellation.ThrowIfCancellationRequested();
            // A namesake that takes another number of arguments is not worth binding the body around the call.
            if (name.InvocationOf() is { ArgumentList.Arguments.Count: var given } && (given < counts.Least || given > counts.Most))
                continue;
            if (model.SemanticModelOf(name.SyntaxTree) is not { } semantics || receivers.RuleOut(name, semantics) || semantics.GetSymbolInfo(name, cancellation).Symbol is not IMethodSymbol symbol)
                continue;
            if (!targets.Contains((symbol.ReducedFrom ?? symbol).OriginalDefinition) || IsInNameOf(name))
                continue;
            if (uses.Count == maximum || UseAt(name, semantics, cancellation) is not { } use)
                return default;
            uses.Add(use);
        }

        return uses.ToImmutable();
    }

    private static HashSet<ISymbol> TargetsOf(IMethodSymbol method)
    {
        var targets = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { (method.ReducedFrom ?? method).OriginalDefinition };
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            targets.Add(overridden.OriginalDefinition);
        if (method is { ContainingType: not null, IsStatic: false, MethodKind: MethodKind.Ordinary })
        {
            foreach (var promised in method.ImplementedMembers())
                targets.Add(promised.OriginalDefinition);
        }

        return targets;
    }

    /// <summary>How many arguments a call of one of the methods can have; an extension method is called with one less, too.</summary>
    private static (int Least, int Most) CountsOf(HashSet<ISymbol> targets)
    {
        var (least, most) = (int.MaxValue, 0);
        foreach (var target in targets)
        {
            if (target is not IMethodSymbol { IsVararg: false, Parameters: var parameters } method)
                return (0, int.MaxValue);
            var needed = parameters.Count(static parameter => parameter is { IsOptional: false, IsParams: false }) - (method.IsExtensionMethod ? 1 : 0);
            least = Math.Min(least, needed);
            most = parameters is [.., { IsParams: true }] ? int.MaxValue : Math.Max(most, parameters.Length);
        }

        return (least, most);
    }

    private static IOperation? UseAt(SimpleNameSyntax name, SemanticModel semantics, CancellationToken cancellation)
    {
        if (name.InvocationOf() is { } call)
            return semantics.GetOperation(call, cancellation) as IInvocationOperation;
        ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return semantics.GetOperation(expression, cancellation)?.Unwrap() as IMethodReferenceOperation;
    }

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
