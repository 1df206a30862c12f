using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>What the application says about rate limits. Found by the text of the trees first; only hits are bound.</summary>
public sealed class RateLimits
{
    private const string Enable = "UseRateLimiter";
    private const string Register = "AddRateLimiter";

    private static readonly TreeWords Hints = new(Enable, Register, "RequireRateLimiting", "EnableRateLimiting", "RateLimitPartition", "IRateLimiterPolicy");

    internal RateLimits(BackendModel model)
    {
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is SimpleNameSyntax name)
                    Read(name, semantics);
            }
        }
    }

    /// <summary>True where the application calls <c>UseRateLimiter</c> anywhere, also one that is not ASP.NET Core's.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>True where limiters are registered with ASP.NET Core's <c>AddRateLimiter</c>.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>True where an endpoint names the policy that limits it.</summary>
    public bool IsRequiredByEndpoint { get; private set; }

    /// <summary>True where a partition of a limiter is chosen by who is signed in.</summary>
    public bool PartitionsByUser { get; private set; }

    private void Read(SimpleNameSyntax name, SemanticModel semantics)
    {
        switch (name.Identifier.ValueText)
        {
            case Enable:
                IsEnabled = true;
                break;
            case Register:
                IsRegistered |= semantics.GetSymbolInfo(name).Symbol is { } registration && AuthorizationAttributes.IsFramework(registration);
                break;
            case "RequireRateLimiting" or "EnableRateLimiting" or "EnableRateLimitingAttribute":
                IsRequiredByEndpoint |= semantics.GetSymbolInfo(name).Symbol is { } requirement && AuthorizationAttributes.IsFramework(requirement);
                break;
            case "User":
                PartitionsByUser |= !PartitionsByUser && IsInPartitioner(name, semantics) && semantics.GetSymbolInfo(name).Symbol is IPropertySymbol { ContainingType.Name: "HttpContext" };
                break;
        }
    }

    /// <summary>True in a lambda that is handed to the registration of a limiter, and in a class that is a policy.</summary>
    private static bool IsInPartitioner(SimpleNameSyntax name, SemanticModel semantics)
    {
        for (SyntaxNode? node = name; node is not null; node = node.Parent)
        {
            switch (node)
            {
                // OnRejected runs for requests that are refused already.
                case AssignmentExpressionSyntax { Left: var left } when left.ToString().EndsWith("OnRejected", StringComparison.Ordinal):
                case PropertyDeclarationSyntax { Identifier.ValueText: "OnRejected" }:
                    return false;
                case ArgumentSyntax { Expression: AnonymousFunctionExpressionSyntax, Parent.Parent: InvocationExpressionSyntax call }
                    when semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsLimiting(method):
                    return true;
                case MethodDeclarationSyntax { Identifier.ValueText: "GetPartition" } method:
                    return semantics.GetDeclaredSymbol(method)?.ContainingType.AllInterfaces.Any(static contract => contract.Name == "IRateLimiterPolicy") == true;
            }
        }

        return false;
    }

    private static bool IsLimiting(IMethodSymbol method) =>
        method.ContainingType is { Name: "RateLimiterOptions" or "PartitionedRateLimiter" } && method.Name is "AddPolicy" or "Create";
}
