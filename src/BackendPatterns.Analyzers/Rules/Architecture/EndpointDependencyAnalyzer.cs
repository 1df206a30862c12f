using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>
/// A rule about what endpoint types take. A type is reported once, at the first dependency that <see cref="IsForbidden"/>, with the others as additional
/// locations; minimal API endpoints belong to the type whose code maps them.
/// </summary>
public abstract class EndpointDependencyAnalyzer(DiagnosticDescriptor descriptor) : RuleAnalyzer(descriptor)
{
    private static readonly SymbolDisplayFormat FullName = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    protected override bool AppliesTo(BackendModel model) => model.Endpoints is not null;

    protected sealed override void Register(RuleRegistration rule, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        var firstCalls = new ConcurrentDictionary<INamedTypeSymbol, SyntaxNode?>(SymbolEqualityComparer.Default);
        var siblings = new EndpointSiblings(rule.Compilation, endpoints, ForbiddenIn);
        rule.OnSymbol(context => AnalyzeType(context), SymbolKind.NamedType);
        rule.OnCalls(MappedEndpoints.Names, AnalyzeMapping);

        void AnalyzeType(SymbolAnalysisContext context)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (endpoints.Dependencies.IsEndpointType(type))
                Report(type, Forbidden(endpoints.Dependencies.Of(type), model, rule.Options), finding => context.ReportDiagnostic(finding));
        }

        void AnalyzeMapping(OperationBlockAnalysisContext context, IInvocationOperation call)
        {
            if (!endpoints.IsMapCall(call) || Forbidden(endpoints.Dependencies.Of(call), model, rule.Options).IsEmpty)
                return;
            if (context.OwningSymbol.ContainingType is not { } type)
                return;
            // A handler that is mapped twice is still one mistake: the first call of the type reports.
            if (firstCalls.GetOrAdd(type, FirstForbiddenCall) == call.Syntax)
                Report(type, ForbiddenIn(type), finding => context.ReportDiagnostic(finding));
        }

        SyntaxNode? FirstForbiddenCall(INamedTypeSymbol type) =>
            endpoints.MapCallsIn(type).FirstOrDefault(call => !Forbidden(endpoints.Dependencies.Of(call), model, rule.Options).IsEmpty)?.Syntax;

        ImmutableArray<EndpointDependency> ForbiddenIn(INamedTypeSymbol type) =>
            Forbidden(endpoints.Dependencies.IsEndpointType(type) ? endpoints.Dependencies.Of(type) : endpoints.MapCallsIn(type).SelectMany(endpoints.Dependencies.Of), model, rule.Options);

        void Report(INamedTypeSymbol type, ImmutableArray<EndpointDependency> forbidden, Action<Finding> report)
        {
            if (forbidden is not [var first, ..] || first.Location.SourceTree is not { } tree || LayeringOptions.Mode.In(rule.Options, tree) is var mode && mode is Layering.Off)
                return;
            if (!HasLayer(model) || (mode is Layering.Convention && !siblings.Comply(type)))
                return;
            report(rule.At(first.Location, forbidden.Skip(1).Select(static other => other.Location), properties: null, NameOf(type), first.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), RoleOf(first.Type, model)));
        }
    }

    /// <summary>True where an endpoint must not take this type.</summary>
    protected abstract bool IsForbidden(ITypeSymbol type, BackendModel model);

    /// <summary>False in an application that has no layer below its endpoints that they could use instead.</summary>
    protected virtual bool HasLayer(BackendModel model) => true;

    /// <summary>What messages call a type that an endpoint must not take; their last argument.</summary>
    protected virtual string RoleOf(ITypeSymbol type, BackendModel model) => "";

    private ImmutableArray<EndpointDependency> Forbidden(IEnumerable<EndpointDependency> dependencies, BackendModel model, AnalyzerOptions options)
    {
        ImmutableArray<EndpointDependency>.Builder? forbidden = null;
        foreach (var dependency in dependencies)
        {
            if (IsForbidden(dependency.Type, model) && !IsAllowed(dependency, options) && !model.Endpoints!.Dependencies.IsOnlyForwarded(dependency) && forbidden?.Any(other => other.Location == dependency.Location) != true)
                (forbidden ??= ImmutableArray.CreateBuilder<EndpointDependency>()).Add(dependency);
        }

        return forbidden?.ToImmutable() ?? ImmutableArray<EndpointDependency>.Empty;
    }

    private static bool IsAllowed(EndpointDependency dependency, AnalyzerOptions options)
    {
        var allowed = LayeringOptions.AllowedDependencies.In(options, dependency.Location.SourceTree!);
        return allowed.Count > 0 && (allowed.Contains(dependency.Type.Name) || allowed.Contains(dependency.Type.OriginalDefinition.ToDisplayString(FullName)));
    }

    private static string NameOf(INamedTypeSymbol type) => type.Name.Length > 0 && type.Name[0] != '<' ? type.Name : "Program";
}
