using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Model.Hosting;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Model.Registrations;
using BackendPatterns.Analyzers.Model.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model;

/// <summary>
/// The door to everything the rules know about one compilation. There is one instance per compilation, shared by all rules;
/// every part is computed when first asked for and can be asked from several threads.
/// </summary>
public sealed class BackendModel
{
    private static readonly ConditionalWeakTable<Compilation, BackendModel> Instances = new();

    // No weak table: trees outlive compilations, and what hangs on a tree there leads back to this compilation, which would never be let go.
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _semanticModels = new();

    private readonly Lazy<EndpointModel?> _endpoints;
    private readonly Lazy<PipelineModel?> _pipelines;
    private readonly Lazy<ImmutableArray<SyntaxTree>> _trees;

    private AnalyzerOptions? _options;

    private BackendModel(Compilation compilation)
    {
        Compilation = compilation;
        Libraries = new KnownLibraries(compilation);
        DataAccess = new DataAccessModel(this);
        SuspectedReads = new SuspectedReads(this);
        Entities = new EntityModel(this);
        Calls = new CallModel(this, new ReferencedFacts(compilation));
        DataAccessTypes = new DataAccessTypes(this);
        Repositories = new Repositories(this);
        Services = new ServiceLayer(this);
        Registrations = new RegistrationModel(this);
        HostedServices = new HostedServices(this);
        _endpoints = Once(() => EndpointModel.In(this));
        _pipelines = Once(() => PipelineModel.In(this));
        Mentions = new NameMentions(this);
        _trees = Once(() => compilation.SyntaxTrees.OrderBy(static tree => tree.FilePath, StringComparer.Ordinal).ToImmutableArray());
    }

    public Compilation Compilation { get; }

    /// <summary>The files by their names, for what is told in an order, or where the first of several decides: a build and an editor compile the same files in different orders.</summary>
    public ImmutableArray<SyntaxTree> Trees => _trees.Value;

    /// <summary>The symbols of the libraries that rules speak about; a library that is not referenced is null there.</summary>
    public KnownLibraries Libraries { get; }

    /// <summary>Round trips and queries.</summary>
    public DataAccessModel DataAccess { get; }

    /// <summary>Calls that look like database reads.</summary>
    public SuspectedReads SuspectedReads { get; }

    /// <summary>The options of the rules that run over the compilation; null where no rule runs, as in a fix.</summary>
    public AnalyzerOptions? Options => Volatile.Read(ref _options);

    /// <summary>Entity types and how they are mapped.</summary>
    public EntityModel Entities { get; }

    /// <summary>The round trips behind calls.</summary>
    public CallModel Calls { get; }

    /// <summary>Contexts, connections and what hands them out.</summary>
    public DataAccessTypes DataAccessTypes { get; }

    /// <summary>Repositories and units of work.</summary>
    public Repositories Repositories { get; }

    /// <summary>Whether there are services above repositories.</summary>
    public ServiceLayer Services { get; }

    /// <summary>The policies and authentication schemes that the application registers by name.</summary>
    public RegistrationModel Registrations { get; }

    /// <summary>The services that the host starts and stops.</summary>
    public HostedServices HostedServices { get; }

    /// <summary>Controllers and minimal API endpoints, or null where ASP.NET Core is not referenced.</summary>
    public EndpointModel? Endpoints => _endpoints.Value;

    /// <summary>The middleware of the application, or null where ASP.NET Core is not referenced.</summary>
    public PipelineModel? Pipelines => _pipelines.Value;

    /// <summary>Where the source mentions names.</summary>
    internal NameMentions Mentions { get; }

    /// <summary>Returns the model of a compilation: always the same one for the same compilation.</summary>
    public static BackendModel For(Compilation compilation) => Instances.GetValue(compilation, static c => new BackendModel(c));

    /// <summary>The same, for a rule: every rule of a run brings the same options.</summary>
    public static BackendModel For(Compilation compilation, AnalyzerOptions options)
    {
        var model = For(compilation);
        Interlocked.CompareExchange(ref model._options, options, null);
        return model;
    }

    /// <summary>
    /// Returns the semantic model of a tree of this compilation, shared by all callers, or null for a tree of another compilation
    /// (in editors a symbol of a referenced project has its syntax there).
    /// </summary>
    public SemanticModel? SemanticModelOf(SyntaxTree tree)
    {
        if (!Compilation.ContainsSyntaxTree(tree))
            return null;
#pragma warning disable RS0030, RS1030 // The one place that makes semantic models: one per tree, for callees that an action's own model cannot bind.
        return _semanticModels.TryGetValue(tree, out var known) ? known : _semanticModels.GetOrAdd(tree, Compilation.GetSemanticModel(tree));
#pragma warning restore RS0030, RS1030
    }

    /// <summary>
    /// Returns the block that runs when a method, accessor, constructor, local function or lambda runs, or null where it has none in this compilation: it is abstract, of another project,
    /// or no method that is written down. Whether an override runs in its place is for the caller to ask.
    /// </summary>
    public IOperation? BodyOf(IMethodSymbol method, CancellationToken cancellation = default)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            SyntaxNode? body = reference.GetSyntax(cancellation) switch
            {
                BaseMethodDeclarationSyntax declaration => (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody,
                AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
                ArrowExpressionClauseSyntax getter => getter,
                AnonymousFunctionExpressionSyntax lambda => lambda,
                LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
                _ => null,
            };
            if (body is not null && SemanticModelOf(reference.SyntaxTree)?.GetOperation(body, cancellation) is { } operation)
                return operation is IAnonymousFunctionOperation function ? function.Body : operation;
        }

        return null;
    }

    /// <summary>
    /// Returns a part that is computed once, on first use. A computation that throws (cancellation) is not kept: the next caller computes again.
    /// </summary>
    internal static Lazy<T> Once<T>(Func<T> compute) => new(new SharedFact<T>(compute).Get, LazyThreadSafetyMode.PublicationOnly);
}
