using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What the referenced projects say about authorization: in editors by their source, in builds by the facts in their assemblies. A project that states nothing may do
/// anything to the application that calls it.
/// </summary>
internal sealed class ReferencedAuthorization
{
    private readonly SourceModels _sources;
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    public ReferencedAuthorization(BackendModel model)
    {
        _sources = new SourceModels(model);
        foreach (var source in _sources.All)
        {
            if (source != model)
                All |= OfProject(source);
        }

        foreach (var reference in model.Compilation.References)
        {
            if (reference is CompilationReference { Compilation.Language: LanguageNames.CSharp } || model.Compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly
                || FrameworkAssemblies.Contain(assembly) || !CanConfigure(assembly))
            {
                continue;
            }

            if (AuthorizationFacts.Of(assembly).OfProject is { } stated)
                All |= stated;
            else if (MayAuthorize(assembly))
                _silent.Add(assembly.Name);
        }
    }

    /// <summary>What the referenced projects say together.</summary>
    public ProjectAuthorization All { get; }

    /// <summary>True where there are projects of which nothing is known.</summary>
    public bool HasSilentProjects => _silent.Count > 0;

    /// <summary>Returns what a project says about authorization, as its source shows.</summary>
    public static ProjectAuthorization OfProject(BackendModel project)
    {
        if (project.Endpoints?.Authorization is not { } app)
            return ProjectAuthorization.None;
        return (app.HasFallback ? ProjectAuthorization.Fallback : 0)
            | (app.HasGlobalFilter ? ProjectAuthorization.GlobalFilter : 0)
            | (app.HasAuthorizingMiddleware ? ProjectAuthorization.Middleware : 0)
            | (app.IsUsed ? ProjectAuthorization.Used : 0);
    }

    /// <summary>True for a method of a project of which nothing is known: it may set a fallback policy.</summary>
    public bool IsOfSilentProject(IMethodSymbol method) => method.ContainingAssembly is { } assembly && _silent.Contains(assembly.Name);

    /// <summary>
    /// Returns what a method of another project does to the builder that is its parameter with this ordinal, or, for <see cref="AuthorizationFacts.Result"/>, how it configures the
    /// builder that it returns. Unknown where nothing says.
    /// </summary>
    public AuthorizationStance StanceIn(IMethodSymbol method, int ordinal)
    {
        if (_sources.Of(method) is { } body && body.Owner != _sources.Own)
        {
            if (body.Owner.Endpoints?.Builders is not { } builders)
                return AuthorizationStance.Unknown;
            return ordinal == AuthorizationFacts.Result ? builders.MadeBy(body.Method).Stance : builders.InsideOf(body.Method, ordinal);
        }

        return method.ContainingAssembly is { } assembly && MemberName.IdOf(method) is { } id ? AuthorizationFacts.Of(assembly).StanceOf(id, ordinal) : AuthorizationStance.Unknown;
    }

    // Who configures an application names its builders or services. The references are cheap to ask for; the attributes of hundreds of packages are not.
    private static bool CanConfigure(IAssemblySymbol assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (reference.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                    || reference.Name is "Microsoft.Extensions.DependencyInjection.Abstractions" or "Microsoft.Extensions.Hosting.Abstractions")
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A reference assembly of a build has no bodies, so its references are not all listed; another assembly lists what its code uses.
    private static bool MayAuthorize(IAssemblySymbol assembly)
    {
        if (assembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal))
            return false;
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ReferenceAssemblyAttribute" })
                return true;
        }

        return assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == "Microsoft.AspNetCore.Authorization"));
    }
}
