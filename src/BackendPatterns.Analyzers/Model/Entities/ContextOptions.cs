using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>An answer about the options of a context.</summary>
public enum ContextAnswer
{
    /// <summary>Whoever configures the context decides, and that code is not here or cannot be read.</summary>
    Unknown,

    Yes,

    No,
}

/// <summary>
/// What the configuration in this compilation says about the queries of a context: in its registration, in <c>OnConfiguring</c>, in its constructor. What is said for one context does not
/// count for another.
/// </summary>
public sealed class ContextOptions
{
    private const string Splitting = "UseQuerySplittingBehavior";
    private const string Tracking = "UseQueryTrackingBehavior";
    private const string TrackingProperty = "QueryTrackingBehavior";
    private const string DetectionProperty = "AutoDetectChangesEnabled";

    // Who silences or promotes EF Core's own warning has thought about the matter.
    private const string SplittingWarning = "MultipleCollectionIncludeWarning";

    private static readonly TreeWords Hints = new(Splitting, Tracking, TrackingProperty, SplittingWarning, DetectionProperty, "DbContext<", "DbContextPool<", "DbContextFactory<", "OnConfiguring");

    private readonly ContextHosts _hosts;
    private readonly Setting _splitting = new();
    private readonly Setting _noTracking = new();
    private readonly Setting _noDetection = new();
    private readonly HashSet<ITypeSymbol> _configured = new(SymbolEqualityComparer.Default);

    private ContextOptions(BackendModel model) => _hosts = new ContextHosts(model);

    /// <summary>Reads the configuration of a compilation that references EF Core.</summary>
    internal static ContextOptions In(BackendModel model)
    {
        var options = new ContextOptions(model);
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Hints.AnyIn(tree, CancellationToken.None) && model.SemanticModelOf(tree) is { } semantics)
                options.Add(tree.GetRoot(), semantics);
        }

        return options;
    }

    /// <summary>Returns whether the configuration says how queries with several collections are executed, in one command or in several.</summary>
    /// <param name="context">The type of the context, or null where it is not known: the answer then holds for all of them.</param>
    public ContextAnswer ChoosesSplitting(ITypeSymbol? context) => AnswerOf(_splitting, context);

    /// <summary>Returns whether queries that do not say so themselves do not track their rows.</summary>
    /// <param name="context">The type of the context, or null where it is not known: the answer then holds for all of them.</param>
    public ContextAnswer IsNoTracking(ITypeSymbol? context) => AnswerOf(_noTracking, context);

    /// <summary>Returns whether the context finds changes of the entities that it tracks by itself, before it saves.</summary>
    public ContextAnswer DetectsChanges(ITypeSymbol context) => AnswerOf(_noDetection, context) switch
    {
        ContextAnswer.No => ContextAnswer.Yes,
        ContextAnswer.Yes => ContextAnswer.No,
        _ => ContextAnswer.Unknown,
    };

    private ContextAnswer AnswerOf(Setting setting, ITypeSymbol? context)
    {
        if (setting.IsAnyUnknown)
            return ContextAnswer.Unknown;
        if (context is null)
            return setting.Values.Count == 0 && _configured.Count > 0 ? ContextAnswer.No : ContextAnswer.Unknown;
        ContextAnswer? answer = null;
        foreach (var (owner, value) in setting.Values)
        {
            if (!IsSameOrRelated(context, owner))
                continue;
            var isCertain = value is not ContextAnswer.Unknown && SymbolEqualityComparer.Default.Equals(context, owner) && (answer is null || answer == value);
            answer = isCertain ? value : ContextAnswer.Unknown;
        }

        return answer ?? (IsConfiguredHere(context) ? ContextAnswer.No : ContextAnswer.Unknown);
    }

    private bool IsConfiguredHere(ITypeSymbol context)
    {
        foreach (var configured in _configured)
        {
            if (context.IsOrDerivesFrom(configured as INamedTypeSymbol))
                return true;
        }

        return false;
    }

    private static bool IsSameOrRelated(ITypeSymbol context, ITypeSymbol other) =>
        context.IsOrDerivesFrom(other as INamedTypeSymbol) || other.IsOrDerivesFrom(context as INamedTypeSymbol);

    private void Add(SyntaxNode root, SemanticModel semantics)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is MethodDeclarationSyntax { Identifier.ValueText: "OnConfiguring" } method && semantics.GetDeclaredSymbol(method) is { ContainingType: { } context })
                _configured.Add(context);
            else if (node is SimpleNameSyntax name)
                Add(name, semantics);
        }
    }

    private void Add(SimpleNameSyntax name, SemanticModel semantics)
    {
        switch (name.Identifier.ValueText)
        {
            case Splitting when CallOf(name) is { } call:
                _splitting.Add(_hosts.Of(call, semantics), ContextAnswer.Yes);
                break;
            case SplittingWarning when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call:
                _splitting.Add(_hosts.Of(call, semantics), ContextAnswer.Yes);
                break;
            case Tracking when CallOf(name) is { } call:
                _noTracking.Add(_hosts.Of(call, semantics), SwitchesOff(call.ArgumentList.Arguments.FirstOrDefault()?.Expression));
                break;
            case TrackingProperty when name.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } target && assignment.Left == target:
                AddAssignment(_noTracking, SwitchesOff(assignment.Right), target, assignment, semantics);
                break;
            case DetectionProperty when name.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } target && assignment.Left == target:
                AddAssignment(_noDetection, assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression) ? ContextAnswer.Yes : ContextAnswer.Unknown, target, assignment, semantics);
                break;
            case var registration when registration.EndsWith("DbContext", StringComparison.Ordinal) || registration.EndsWith("DbContextPool", StringComparison.Ordinal)
                                       || registration.EndsWith("DbContextFactory", StringComparison.Ordinal):
                if (CallOf(name) is not null)
                    _configured.UnionWith(_hosts.NamedBy(name, semantics));
                break;
        }
    }

    /// <summary>In the constructor of the context it holds for all that is created; elsewhere for one context that may be used anywhere else.</summary>
    private void AddAssignment(Setting setting, ContextAnswer value, MemberAccessExpressionSyntax target, AssignmentExpressionSyntax assignment, SemanticModel semantics)
    {
        var isInConstructor = assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>() is ConstructorDeclarationSyntax;
        if (target.Expression is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax and not BaseExpressionSyntax } tracker)
        {
            if (semantics.GetTypeInfo(tracker.Expression).Type is { } context)
                setting.Add([context], ContextAnswer.Unknown);
            else
                setting.IsAnyUnknown = true;
        }
        else
        {
            setting.Add(_hosts.Around(assignment, semantics), isInConstructor ? value : ContextAnswer.Unknown);
        }
    }

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == name && call.Expression == access => call,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } => call,
        InvocationExpressionSyntax call when call.Expression == name => call,
        _ => null,
    };

    private static ContextAnswer SwitchesOff(ExpressionSyntax? behaviour) => behaviour switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NoTracking" or "NoTrackingWithIdentityResolution" } => ContextAnswer.Yes,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TrackAll" } => ContextAnswer.No,
        _ => ContextAnswer.Unknown,
    };

    private sealed class Setting
    {
        public List<(ITypeSymbol Context, ContextAnswer Value)> Values { get; } = [];

        /// <summary>True where it is set for a context that the code does not name.</summary>
        public bool IsAnyUnknown { get; set; }

        public void Add(IReadOnlyList<ITypeSymbol> contexts, ContextAnswer value)
        {
            IsAnyUnknown |= contexts.Count == 0;
            foreach (var context in contexts)
                Values.Add((context, value));
        }
    }
}
