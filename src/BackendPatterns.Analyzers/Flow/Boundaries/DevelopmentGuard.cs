using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>Code that runs in development only: <c>if (env.IsDevelopment())</c>, <c>#if DEBUG</c>, after <c>if (env.IsProduction()) return;</c>, or because a setting says so.</summary>
internal sealed class DevelopmentGuard(BackendModel model, CancellationToken cancellation)
{
    private readonly DevelopmentCondition _environment = new(model, areSettingsEnough: false, cancellation);
    private readonly DevelopmentCondition _environmentOrSetting = new(model, areSettingsEnough: true, cancellation);

    /// <summary>
    /// True where the operation may be limited to development: by a test around it or by an early return, in its own member or around every call of the method that it stands in.
    /// A test of a setting right around it counts, whatever the setting is: who runs the application decides then.
    /// </summary>
    public bool IsAround(IOperation operation) =>
        DebugRegions.Contain(operation.Syntax, cancellation) || IsGuarded(operation) || IsNamedSo(operation) || AreCallersGuarded(operation);

    private bool IsGuarded(IOperation operation)
    {
        // A setting around a whole function, such as one that turns authentication on, is no decision about one line in it.
        var condition = _environmentOrSetting;
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            cancellation.ThrowIfCancellationRequested();
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    condition = _environment;
                    break;
                case IConditionalOperation choice when child != choice.Condition && condition.Implies(choice.Condition, isTrue: child == choice.WhenTrue):
                    return true;
                case ISwitchExpressionArmOperation { Pattern: IConstantPatternOperation { Value: var name }, Parent: ISwitchExpressionOperation { Value: var value } } when _environment.IsDevelopment(value, name):
                    return true;
                case ISwitchCaseOperation { Clauses: [ISingleValueCaseClauseOperation { Value: var name }], Parent: ISwitchOperation { Value: var value } } when _environment.IsDevelopment(value, name):
                    return true;
                case IBlockOperation block when LeavesBefore(block, child):
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>if (!env.IsDevelopment()) return;</c> above the statement.</summary>
    private bool LeavesBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var earlier in block.Operations)
        {
            if (earlier == statement)
                return false;
            if (earlier is IConditionalOperation { WhenFalse: null } choice && Exits.EndsWithExit(choice.WhenTrue) && _environment.Implies(choice.Condition, isTrue: false))
                return true;
        }

        return false;
    }

    private bool IsNamedSo(IOperation operation)
    {
        for (var symbol = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancellation); symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (DevelopmentCondition.SaysDevelopment(symbol.Name))
                return true;
        }

        return false;
    }

    private bool AreCallersGuarded(IOperation operation)
    {
        if (operation.MemberAround(cancellation) is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return false;
        var callers = CallersInSource.Handful(method, model);
        if (callers.IsDefaultOrEmpty)
            return false;
        foreach (var call in callers)
        {
            if (!DebugRegions.Contain(call.Syntax, cancellation) && !IsGuarded(call))
                return false;
        }

        return true;
    }
}
