using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Caching;

/// <summary>Which cache commands of a loop could as well be sent together.</summary>
public static class CacheCommands
{
    private const int FireAndForget = 2;

    // Locks and scripts decide what the turn does next; a stream entry is acknowledged when its work is done; Execute is any command at all.
    private static readonly string[] OneByOne = ["Lock", "Script", "Stream", "Execute", "Publish", "Ping"];

    private static readonly string[] Changing = ["Set", "Delete", "Add", "Remove", "Expire", "Refresh", "Increment", "Decrement", "Push"];

    /// <summary>True where nothing in the loop depends on the commands being sent one by one.</summary>
    public static bool CanBeSentTogether(PerElementTrip trip, BackendModel model)
    {
        var place = trip.Call;
        var command = trip.Chain is null ? place as IInvocationOperation : trip.Chain.End.Trip?.Operation as IInvocationOperation;
        var library = trip.Chain is { } chain ? chain.End.Library : model.DataAccess.Classify(place)?.Library;
        if (library is not (DataLibrary.Redis or DataLibrary.DistributedCache))
            return false;
        if (library is DataLibrary.DistributedCache && model.Libraries.DistributedCacheIsInMemory)
            return false;
        // A fact about a method of another project names the command, too.
        var name = command?.TargetMethod.Name ?? trip.Name.Substring(trip.Name.LastIndexOf('.') + 1);
        if (OneByOne.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || (command is not null && (IsConditional(command) || IsNotWaitedFor(command))))
            return false;
        return !Changes(name) || !Checkpoint.Is(trip.Repetition, place, model.DataAccess);
    }

    private static bool Changes(string name) => Changing.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);

    /// <summary><c>if (!await redis.StringSetAsync(key, owner, lease, When.NotExists)) continue;</c>: a claim, and the turn goes by whether it was won.</summary>
    private static bool IsConditional(IInvocationOperation command) =>
        command.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "when" } && argument.Value.Unwrap().ConstantValue is not { HasValue: true, Value: 0 });

    private static bool IsNotWaitedFor(IInvocationOperation command) =>
        command.Argument("flags")?.Unwrap().ConstantValue is { HasValue: true, Value: int flags } && (flags & FireAndForget) != 0;
}
