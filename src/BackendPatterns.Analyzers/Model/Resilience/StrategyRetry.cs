using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>The retries of Polly 8: <c>new RetryStrategyOptions { … }</c>.</summary>
public static class StrategyRetry
{
    private const int DefaultRetries = 3;
    private const int Constant = 0;

    /// <summary>Returns the retry that options describe, or null for an object that is none, and for options that are filled in where nobody can see it.</summary>
    public static RetryPolicy? Of(IObjectCreationOperation creation, PollyLibrary polly)
    {
        // The name first: nearly every creation of an application ends here. A class derived from the options may set anything in its constructor.
        if (creation.Type is not { Name: "RetryStrategyOptions" or "HttpRetryStrategyOptions" } || !polly.IsRetryOptions(creation.Type) || SettingsOf(creation) is not { } settings)
            return null;
        var isHttp = polly.IsHttpRetryOptions(creation.Type);
        settings.TryGetValue("MaxRetryAttempts", out var count);
        var retries = count is null ? DefaultRetries : count.Value.ConstantValue is { HasValue: true, Value: int number } ? number : (int?)null;
        var (wait, waitPlace) = WaitOf(settings, isHttp);
        settings.TryGetValue("ShouldHandle", out var handles);
        var functions = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var name in new[] { "ShouldHandle", "DelayGenerator", "OnRetry" })
        {
            if (settings.TryGetValue(name, out var function) && !function.Value.IsNull())
                functions.Add(function.Value);
        }

        return new RetryPolicy(
            creation, creation.Type.Name, PlaceOf(creation), retries, Inside(count?.Syntax, creation), wait, Inside(waitPlace, creation), functions.ToImmutable(), handles?.Value,
            CapsDelay: settings.TryGetValue("MaxDelay", out var cap) && !cap.Value.IsNull());
    }

    /// <summary>A statement that sets a property later is not where the creation can be reported.</summary>
    private static SyntaxNode? Inside(SyntaxNode? place, IObjectCreationOperation creation) => place is not null && creation.Syntax.Span.Contains(place.Span) ? place : null;

    private static SyntaxNode PlaceOf(IObjectCreationOperation creation) =>
        creation.Syntax is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.Syntax;

    private static (PolicyWait, SyntaxNode?) WaitOf(Dictionary<string, ISimpleAssignmentOperation> settings, bool isHttp)
    {
        if (settings.TryGetValue("DelayGenerator", out var generator) && !generator.Value.IsNull())
            return (PolicyWait.Unknown, null);
        settings.TryGetValue("Delay", out var delay);
        if (delay is not null && ConstantTime.Of(delay.Value) is PolicyWait.None)
            return (PolicyWait.None, delay.Syntax);
        settings.TryGetValue("UseJitter", out var jitter);
        var hasJitter = jitter is null ? isHttp : jitter.Value.ConstantValue is not { HasValue: true, Value: false };
        if (hasJitter)
            return (PolicyWait.Unknown, null);
        if (!settings.TryGetValue("BackoffType", out var backoff))
            return isHttp ? (PolicyWait.WithoutJitter, jitter!.Syntax) : (PolicyWait.Constant, null);
        if (backoff.Value.ConstantValue is not { HasValue: true, Value: int type })
            return (PolicyWait.Unknown, null);
        return type == Constant ? (PolicyWait.Constant, backoff.Syntax) : (PolicyWait.WithoutJitter, jitter?.Syntax ?? backoff.Syntax);
    }

    /// <summary>What is assigned to the properties: by the initializer, and by statements where the options are kept in a local. Null where the object is passed around in between.</summary>
    private static Dictionary<string, ISimpleAssignmentOperation>? SettingsOf(IObjectCreationOperation creation)
    {
        var settings = new Dictionary<string, ISimpleAssignmentOperation>(StringComparer.Ordinal);
        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment)
                return null;
            settings[property.Name] = assignment;
        }

        return PolicyFlow.LocalOf(creation) is not { } local || AddLater(settings, local, creation) ? settings : null;
    }

    private static bool AddLater(Dictionary<string, ISimpleAssignmentOperation> settings, ILocalSymbol local, IObjectCreationOperation creation)
    {
        var values = LocalValues.Around(creation);
        if (values.OnlyValueOf(local) is null)
            return false;
        foreach (var reference in values.ReferencesTo(local))
        {
            switch (reference.Parent)
            {
                case IPropertyReferenceOperation { Property: var property, Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation statement } assignment } target when assignment.Target == target:
                    // Only what is done whenever the options are made.
                    if (statement.Parent is not IBlockOperation || statement.Parent.Syntax != local.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<BlockSyntax>())
                        return false;
                    settings[property.Name] = assignment;
                    break;
                case IPropertyReferenceOperation { Parent: not IAssignmentOperation }:
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "AddRetry" } }:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
