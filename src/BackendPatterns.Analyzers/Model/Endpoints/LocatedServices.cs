using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What code asks the container for: <c>RequestServices.GetRequiredService&lt;T&gt;()</c>, keyed services, <c>GetService(typeof(T))</c>, <c>ActivatorUtilities.CreateInstance&lt;T&gt;</c>.</summary>
internal sealed class LocatedServices(BackendModel model)
{
    private static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        "GetService", "GetServices", "GetRequiredService", "GetKeyedService", "GetKeyedServices", "GetRequiredKeyedService", "CreateInstance", "GetServiceOrCreateInstance");

    private static readonly TreeWords Hints = new("GetService", "GetRequiredService", "GetKeyedService", "GetRequiredKeyedService", "ActivatorUtilities");

    /// <summary>Returns the types that the code of a node asks for, each with the name of the call.</summary>
    public IEnumerable<(ITypeSymbol Type, Location Name)> In(SyntaxNode node)
    {
        if (!Hints.AnyIn(node.SyntaxTree, CancellationToken.None) || model.SemanticModelOf(node.SyntaxTree) is not { } semantics)
            yield break;
        foreach (var inner in node.DescendantNodes())
        {
            if (inner is InvocationExpressionSyntax call
                && NameOf(call) is { } name && Names.Contains(name.Identifier.ValueText)
                && semantics.GetOperation(call) is IInvocationOperation operation && AskedIn(operation) is { } asked)
            {
                yield return (asked, name.GetLocation());
            }
        }
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };

    private static ITypeSymbol? AskedIn(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsIn("Microsoft.Extensions.DependencyInjection") && !IsServiceProvider(method.ContainingType))
            return null;
        if (method.TypeArguments is [var asked])
            return asked;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap() is ITypeOfOperation type)
                return type.TypeOperand;
        }

        return null;
    }

    private static bool IsServiceProvider(INamedTypeSymbol type) =>
        (type.Name == "IServiceProvider" && type.IsIn("System")) || type.AllInterfaces.Any(static contract => contract.Name == "IServiceProvider" && contract.IsIn("System"));
}
