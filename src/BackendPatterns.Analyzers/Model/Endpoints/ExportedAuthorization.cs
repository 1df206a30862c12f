using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The facts that one project states about authorization for the projects above it: what it sets up, and what its methods do to the builders they are given.</summary>
internal static class ExportedAuthorization
{
    private static readonly TreeWords Registrations = new("IServiceCollection", "IHostApplicationBuilder", "WebApplication", "IEndpointRouteBuilder", "IApplicationBuilder", "IMvcBuilder", "ConventionBuilder", "RouteGroupBuilder", "RouteHandlerBuilder", "Authorize");

    /// <summary>Returns the texts of all facts with the key of their attributes; none for a project that configures no application and for one that is an application.</summary>
    public static ImmutableArray<(string Key, string Text)> Of(BackendModel model, CancellationToken cancellation)
    {
        if (model.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication
            || !model.Compilation.SyntaxTrees.Any(tree => Registrations.AnyIn(tree, cancellation)))
        {
            return ImmutableArray<(string, string)>.Empty;
        }

        var texts = new SortedSet<string>(StringComparer.Ordinal) { AuthorizationFacts.TextOf(ReferencedAuthorization.OfProject(model)) };
        if (model.Endpoints is { } endpoints && model.Libraries.AspNetCore?.EndpointConventionBuilder is { } conventions)
            texts.UnionWith(OfMethods(model, endpoints, conventions, cancellation));
        return texts.Select(static text => (AuthorizationFacts.Key, text)).ToImmutableArray();
    }

    private static IEnumerable<string> OfMethods(BackendModel model, EndpointModel endpoints, INamedTypeSymbol conventions, CancellationToken cancellation)
    {
        var visibility = new Visibility(model.Compilation.Assembly);
        foreach (var type in model.Compilation.Assembly.GlobalNamespace.Types())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!type.IsStatic || !visibility.ReachesOutside(type) || !MentionsBuilders(type, cancellation))
                continue;
            foreach (var member in type.GetMembers())
            {
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || !visibility.ReachesOutside(method) || MemberName.IdOf(method) is not { } id)
                    continue;
                foreach (var parameter in method.Parameters)
                {
                    if (parameter.Type.IsOrImplements(conventions) && endpoints.Builders.InsideOf(method, parameter.Ordinal) is not AuthorizationStance.Unknown and var stance)
                        yield return AuthorizationFacts.TextOf(id, parameter.Ordinal, stance);
                }

                if (endpoints.Builders.IsFactory(method) && endpoints.Builders.MadeBy(method).Stance is not AuthorizationStance.Unknown and var made)
                    yield return AuthorizationFacts.TextOf(id, AuthorizationFacts.Result, made);
            }
        }
    }

    private static bool MentionsBuilders(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (Registrations.AnyIn(reference.SyntaxTree, cancellation))
                return true;
        }

        return false;
    }
}
