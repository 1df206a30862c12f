using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow.Boundaries;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities.Retrying;

/// <summary>
/// The way from a call on options to the contexts that are configured by it: out of the lambdas around it, and from helpers that take the options, or the context as a type argument, to their callers.
/// What a condition decides on the way is unknown; the environment is none, except where it leaves the call to development.
/// </summary>
internal sealed class ConfigurationTrail(BackendModel model, CancellationToken cancellation)
{
    private const int MostSteps = 5;
    private const int MostCallers = 16;

    private readonly DevelopmentCondition _development = new(model, areSettingsEnough: false, cancellation);
    private readonly List<ConfigurationSite> _found = [];

    /// <summary>Returns the contexts that a call configures; none where the code does not tell.</summary>
    public IReadOnlyList<ConfigurationSite> From(IInvocationOperation call, ContextAnswer answer, Location setting)
    {
        _found.Clear();
        Climb(call, answer, setting, 0);
        return [.. _found];
    }

    /// <summary>Returns the contexts among the type arguments of a registration; a type parameter of the method around it stands for what its callers say.</summary>
    public IReadOnlyList<ConfigurationSite> Registered(IInvocationOperation registration, ContextAnswer answer, Location setting)
    {
        _found.Clear();
        AddRegistered(registration, Weakened(registration, answer), setting, 0);
        return [.. _found];
    }

    private void Climb(IOperation operation, ContextAnswer? answer, Location setting, int steps)
    {
        cancellation.ThrowIfCancellationRequested();
        for (var (child, parent) = (operation, operation.Parent); ; (child, parent) = (parent, parent.Parent))
        {
            if (answer is not { } known)
                return;
            if (child is IInvocationOperation call && End(call, known, setting, steps))
                return;
            if (parent is null)
                break;
            answer = Through(parent, child, known);
        }

        if (operation.MemberAround(cancellation) is not IMethodSymbol method || answer is not { } certain)
            return;
        if (method is { Name: "OnConfiguring", IsOverride: true } && IsContext(method.ContainingType))
            _found.Add(new ConfigurationSite(method.ContainingType, SiteKind.OnConfiguring, certain, operation.Syntax, setting));
        else if (steps < MostSteps && method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && method.Parameters.Any(static parameter => IsOptions(parameter.Type)))
            ClimbFromUses(method, certain, setting, steps + 1);
    }

    /// <summary>True where the call names the contexts: the way ends here.</summary>
    private bool End(IInvocationOperation call, ContextAnswer answer, Location setting, int steps)
    {
        if (call.Type is INamedTypeSymbol { Name: "DbContextOptionsBuilder", TypeArguments: [var built] } && IsContext(built))
        {
            if (built is not ITypeParameterSymbol && !IsDesignTime(call.Syntax))
                _found.Add(new ConfigurationSite(built, SiteKind.Builder, answer, call.Syntax, setting));
            return true;
        }

        return AddRegistered(call, answer, setting, steps);
    }

    private bool AddRegistered(IInvocationOperation call, ContextAnswer? answer, Location setting, int steps)
    {
        var isNamed = false;
        foreach (var type in call.TargetMethod.TypeArguments)
        {
            if (!IsContext(type))
                continue;
            isNamed = true;
            if (answer is not { } known)
                continue;
            if (type is not ITypeParameterSymbol parameter)
                _found.Add(new ConfigurationSite(type, KindOf(call.TargetMethod), known, call.Syntax, setting));
            else if (steps < MostSteps && parameter.DeclaringMethod is { } generic)
                AddUses(generic, known, setting, steps + 1);
        }

        return isNamed;
    }

    /// <summary>A generic helper registers the contexts that its callers name.</summary>
    private void AddUses(IMethodSymbol generic, ContextAnswer answer, Location setting, int steps)
    {
        var uses = UsesInSource.Of(generic, model, MostCallers, cancellation);
        foreach (var use in uses.IsDefault ? ImmutableArray<IOperation>.Empty : uses)
        {
            if (use is IInvocationOperation call)
                AddRegistered(call, Weakened(call, answer), setting, steps);
        }
    }

    private void ClimbFromUses(IMethodSymbol helper, ContextAnswer answer, Location setting, int steps)
    {
        var uses = UsesInSource.Of(helper, model, MostCallers, cancellation);
        foreach (var use in uses.IsDefault ? ImmutableArray<IOperation>.Empty : uses)
            Climb(use, answer, setting, steps);
    }

    /// <summary>What is left of an answer by the conditions around a call; null where it holds in development only.</summary>
    private ContextAnswer? Weakened(IOperation operation, ContextAnswer? answer)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null && answer is { } known; (child, parent) = (parent, parent.Parent))
            answer = Through(parent, child, known);
        return answer;
    }

    private ContextAnswer? Through(IOperation parent, IOperation child, ContextAnswer answer) => parent switch
    {
        IConditionalOperation choice when child != choice.Condition => ThroughChoice(choice, child, answer),
        ISwitchOperation or ISwitchExpressionOperation or ILoopOperation or IConditionalAccessOperation or ICoalesceOperation or ICatchClauseOperation => ContextAnswer.Unknown,
        IBlockOperation block => LeavesBefore(block, child) ? ContextAnswer.Unknown : answer,
        _ => answer,
    };

    private ContextAnswer? ThroughChoice(IConditionalOperation choice, IOperation child, ContextAnswer answer)
    {
        var isWhenTrue = child == choice.WhenTrue;
        if (_development.Implies(choice.Condition, isWhenTrue))
            return null;
        if (_development.Implies(choice.Condition, !isWhenTrue))
            return answer;
        if (IsUnconfiguredTest(choice, isWhenTrue))
            return answer;
        // The in-memory database has no transactions: what uses it does not come here.
        return (isWhenTrue ? choice.WhenFalse : choice.WhenTrue) is { } other && IsInMemory(other) ? answer : ContextAnswer.Unknown;
    }

    /// <summary><c>if (!options.IsConfigured)</c> in the <c>OnConfiguring</c> of a context that nobody gives options to.</summary>
    private bool IsUnconfiguredTest(IConditionalOperation choice, bool isWhenTrue) =>
        isWhenTrue && choice.Condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IPropertyReferenceOperation { Property.Name: "IsConfigured" } }
        && choice.MemberAround(cancellation)?.ContainingType is { } context
        && !context.InstanceConstructors.Any(static constructor => constructor.Parameters.Any(static parameter => parameter.Type.Name is "DbContextOptions"));

    private static bool IsInMemory(IOperation branch) =>
        branch.DescendantsAndSelf().Any(static operation => operation is IInvocationOperation { TargetMethod.Name: "UseInMemoryDatabase" });

    /// <summary>An <c>if</c> above may have left already; the one of a development machine does no harm.</summary>
    private bool LeavesBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var earlier in block.Operations)
        {
            if (earlier == statement)
                return false;
            if (earlier is IConditionalOperation { WhenFalse: null } choice && choice.WhenTrue.DescendantsAndSelf().Any(static operation => operation is IReturnOperation) && !_development.Implies(choice.Condition, isTrue: true))
                return true;
        }

        return false;
    }

    /// <summary>True for code of a factory that only the tools of EF Core call.</summary>
    internal static bool IsDesignTime(SyntaxNode node) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.BaseList?.ToString().IndexOf("IDesignTimeDbContextFactory", StringComparison.Ordinal) >= 0;

    private static SiteKind KindOf(IMethodSymbol method) =>
        method.Name.StartsWith("Enrich", StringComparison.Ordinal) || method.Name.StartsWith("Configure", StringComparison.Ordinal) ? SiteKind.Addition : SiteKind.Registration;

    private static bool IsOptions(ITypeSymbol type) => type.Name.EndsWith("DbContextOptionsBuilder", StringComparison.Ordinal);

    private bool IsContext(ITypeSymbol type) => model.Libraries.EntityFrameworkCore!.IsDbContext(type);
}
