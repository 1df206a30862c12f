using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities.Retrying;

/// <summary>How a piece of configuration reaches a context.</summary>
internal enum SiteKind
{
    /// <summary><c>AddDbContext&lt;ShopContext&gt;(…)</c> and its like.</summary>
    Registration,

    /// <summary>What is added to a registration made elsewhere and holds in any case: <c>EnrichSqlServerDbContext</c>, <c>ConfigureDbContext</c>.</summary>
    Addition,

    /// <summary>The context's own <c>OnConfiguring</c>, which runs last.</summary>
    OnConfiguring,

    /// <summary>A <c>DbContextOptionsBuilder&lt;ShopContext&gt;</c> for contexts that are made by hand.</summary>
    Builder,
}

/// <summary>A place that configures a context.</summary>
/// <param name="Context">The context.</param>
/// <param name="Kind">How the configuration reaches it.</param>
/// <param name="Retries">Whether the context retries because of it; Unknown where that depends on a condition.</param>
/// <param name="Registration">The syntax of the registration, or of the call that says so.</param>
/// <param name="Setting">The name of the call that says so, for the report.</param>
internal sealed record ConfigurationSite(ITypeSymbol Context, SiteKind Kind, ContextAnswer Retries, SyntaxNode Registration, Location Setting);
