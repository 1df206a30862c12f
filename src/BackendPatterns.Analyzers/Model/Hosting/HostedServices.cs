using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Hosting;

/// <summary>Which types the host starts and stops, and which method of them is their work.</summary>
public sealed class HostedServices
{
    private readonly Lazy<INamedTypeSymbol?> _hostedService;
    private readonly Lazy<INamedTypeSymbol?> _backgroundService;
    private readonly Lazy<bool> _failureStopsHost;

    internal HostedServices(BackendModel model)
    {
        _hostedService = BackendModel.Once(() => model.Compilation.FindType("Microsoft.Extensions.Hosting.IHostedService"));
        _backgroundService = BackendModel.Once(() => model.Compilation.FindType("Microsoft.Extensions.Hosting.BackgroundService"));
        _failureStopsHost = BackendModel.Once(() => !HostFailureBehavior.MayBeIgnored(model));
    }

    /// <summary>True where <c>BackgroundService</c> is referenced.</summary>
    public bool HasBackgroundServices => _backgroundService.Value is not null;

    /// <summary>
    /// True where an exception out of a background service stops the host, which it does unless <c>HostOptions</c> say otherwise. False also where the application sets
    /// that option to what cannot be read.
    /// </summary>
    public bool FailureStopsHost => _failureStopsHost.Value;

    /// <summary>True for a member of a type that the host starts, and for the type itself; types around it count.</summary>
    public bool IsHosted(ISymbol symbol)
    {
        for (var type = symbol as INamedTypeSymbol ?? symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsOrImplements(_hostedService.Value))
                return true;
        }

        return false;
    }

    /// <summary>True for a class that derives from <c>BackgroundService</c>, directly or through bases of its own.</summary>
    public bool IsBackgroundService(ITypeSymbol? type) => type.IsOrDerivesFrom(_backgroundService.Value);

    /// <summary>True for an override of <c>BackgroundService.ExecuteAsync</c>: the host runs it, and an exception out of it stops the host.</summary>
    public bool IsExecute(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (overridden.Name is "ExecuteAsync" && SymbolEqualityComparer.Default.Equals(overridden.ContainingType, _backgroundService.Value))
                return true;
        }

        return false;
    }
}
