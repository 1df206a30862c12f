using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities.Retrying;

/// <summary>
/// Which contexts repeat commands that fail (<c>EnableRetryOnFailure</c>, a retrying <c>ExecutionStrategy</c>, the registrations of Aspire), as far as all of a context's configuration in this
/// compilation says so without a condition. What is said for one context does not count for another.
/// </summary>
public sealed class RetryingContexts
{
    private static readonly string[] Registrations =
        ["AddDbContext", "AddDbContextPool", "AddDbContextFactory", "AddPooledDbContextFactory"];

    private readonly List<ConfigurationSite> _sites;

    private RetryingContexts(List<ConfigurationSite> sites) => _sites = sites;

    /// <summary>Reads the configuration of a compilation that references EF Core.</summary>
    internal static RetryingContexts In(BackendModel model)
    {
        var sites = new List<ConfigurationSite>();
        var trail = new ConfigurationTrail(model, CancellationToken.None);
        foreach (var (call, name) in Calls(model, RetrySetting.Names))
        {
            if (RetrySetting.Of(call) is { } answer)
                sites.AddRange(RetrySetting.IsAspire(call.TargetMethod) ? trail.Registered(call, answer, name) : trail.From(call, answer, name));
        }

        if (sites.Any(static site => site.Retries is ContextAnswer.Yes))
            AddOthers(sites, trail, model);
        return new RetryingContexts(sites);
    }

    /// <summary>Returns where the retries of a context are configured, or null for a context that does not retry, or not in every case, or of which nothing is known.</summary>
    public Location? Of(ITypeSymbol context)
    {
        Location? always = null;
        Location? registered = null;
        var isRegisteredWithout = false;
        foreach (var site in _sites)
        {
            if (!Concerns(site, context))
                continue;
            var isAlways = site.Kind is SiteKind.OnConfiguring or SiteKind.Addition;
            if (site.Retries is ContextAnswer.Unknown || (isAlways && site.Retries is ContextAnswer.No))
                return null;
            if (site.Retries is ContextAnswer.No)
                isRegisteredWithout = true;
            else if (isAlways)
                always ??= site.Setting;
            else
                registered ??= site.Setting;
        }

        return always ?? (isRegisteredWithout ? null : registered);
    }

    /// <summary>The configuration of a derived context counts where an object of this type may be one; that of a base class where it is inherited.</summary>
    private static bool Concerns(ConfigurationSite site, ITypeSymbol context)
    {
        if (SymbolEqualityComparer.Default.Equals(site.Context, context))
            return true;
        if (site.Kind is SiteKind.OnConfiguring)
            return context.IsOrDerivesFrom(site.Context as INamedTypeSymbol) && !Overrides(context, site.Context);
        return site.Retries is not ContextAnswer.Yes && site.Context.IsOrDerivesFrom(context as INamedTypeSymbol);
    }

    private static bool Overrides(ITypeSymbol context, ITypeSymbol configured)
    {
        for (var type = context; type is not null && !SymbolEqualityComparer.Default.Equals(type, configured); type = type.BaseType)
        {
            if (!type.GetMembers("OnConfiguring").IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>The registrations that say nothing about retries: beside one that does, it depends on which of them is in force.</summary>
    private static void AddOthers(List<ConfigurationSite> sites, ConfigurationTrail trail, BackendModel model)
    {
        var known = new HashSet<SyntaxNode>(sites.Select(static site => site.Registration));
        foreach (var (call, name) in Calls(model, Registrations))
        {
            // Without options of its own it leaves them to OnConfiguring.
            if (!call.Arguments.Any(static argument => argument.Value.Type is { TypeKind: TypeKind.Delegate } && !argument.Value.IsNull() && argument.ArgumentKind is ArgumentKind.Explicit))
                continue;
            foreach (var site in trail.Registered(call, ContextAnswer.No, name))
            {
                if (known.Add(site.Registration))
                    sites.Add(site with { Retries = ContextAnswer.No });
            }
        }

        foreach (var name in model.Mentions.Of("DbContextOptionsBuilder"))
        {
            if (name is GenericNameSyntax && name.Parent is ObjectCreationExpressionSyntax creation && model.SemanticModelOf(name.SyntaxTree) is { } semantics
                && semantics.GetOperation(creation) is IObjectCreationOperation { Type: INamedTypeSymbol { TypeArguments: [var context] } } && !ConfigurationTrail.IsDesignTime(creation)
                && !sites.Any(site => site.Kind is SiteKind.Builder && site.Registration.SyntaxTree == name.SyntaxTree && MemberOf(site.Registration) == MemberOf(creation)))
            {
                sites.Add(new ConfigurationSite(context, SiteKind.Builder, ContextAnswer.No, creation, name.GetLocation()));
            }
        }
    }

    private static SyntaxNode? MemberOf(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private static IEnumerable<(IInvocationOperation Call, Location Name)> Calls(BackendModel model, IEnumerable<string> names)
    {
        foreach (var wanted in names)
        {
            foreach (var name in model.Mentions.Of(wanted))
            {
                if (name.InvocationOf() is { } syntax && model.SemanticModelOf(name.SyntaxTree) is { } semantics && semantics.GetOperation(syntax) is IInvocationOperation call)
                {
                    yield return (call, name.Identifier.GetLocation());
                }
            }
        }
    }
}
