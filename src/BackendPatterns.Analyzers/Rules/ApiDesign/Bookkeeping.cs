using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>
/// Rows and columns that only say that somebody asked: audit entries, view counts, the time of the last visit, statistics, caches. Whoever reads does not ask for the change, so the
/// request is still safe in the sense of HTTP (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1).
/// </summary>
internal static class Bookkeeping
{
    private const int MostOperations = 20_000;

    private static readonly HashSet<string> EntityWords = new(StringComparer.Ordinal)
    {
        "audit", "audits", "auditing", "log", "logs", "logging", "history", "histories", "statistic", "statistics", "stats", "view", "views", "visit", "visits", "visitor", "visitors", "hit", "hits",
        "impression", "impressions", "click", "clicks", "activity", "activities", "cache", "cached", "caches", "metric", "metrics", "telemetry", "analytics", "tracking", "download", "downloads", "recent", "recently",
        "viewed", "visited", "access", "accesses", "usage", "progress",
    };

    private static readonly HashSet<string> MemberWords = new(StringComparer.Ordinal)
    {
        "seen", "view", "views", "viewed", "visit", "visits", "visited", "hits", "hit", "clicks", "click", "clicked", "downloads", "downloaded", "accessed", "access", "usage", "opened", "read", "cache", "cached", "refreshed", "synced",
        "checked", "statistics", "stats", "impressions", "popularity", "served", "shown", "displayed",
    };

    private static readonly HashSet<string> LastWords = new(StringComparer.Ordinal)
    {
        "login", "active", "activity", "online", "used", "request", "requested", "refresh", "sync", "check", "fetched", "loaded", "queried", "logged", "ip", "signin", "connected",
    };

    private static readonly HashSet<string> MethodWords = new(StringComparer.Ordinal)
    {
        "audit", "auditing", "audits", "log", "logs", "history", "statistic", "statistics", "stats", "visit", "visits", "track", "tracker", "tracking", "analytics", "telemetry", "activity", "seen", "metrics", "viewed", "cache", "caching", "progress",
    };

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Update", "UpdateRange", "Remove", "RemoveRange", "Attach", "AttachRange",
    };

    private static readonly string[] WritingVerbs = ["Add", "Insert", "Create", "Update", "Save", "Store", "Remove", "Delete", "Upsert", "Edit", "Set"];

    /// <summary>True for a method that keeps books by its name or that of its type: <c>AuditService.WriteAsync</c>, <c>TrackVisit</c>.</summary>
    public static bool IsNamed(IMethodSymbol method) => IsNamed(method.Name) || (method.ContainingType is { } type && IsNamed(type.Name));

    /// <summary>The same for a name, or for a chain of names.</summary>
    public static bool IsNamed(string name)
    {
        var words = NameWords.Of(name);
        for (var i = 0; i < words.Length; i++)
        {
            if (MethodWords.Contains(words[i]) || IsLast(words, i) || (words[i] is "increment" or "increase" or "count" && words.Any(static word => word is "view" or "views" or "hits" or "downloads")))
                return true;
        }

        return false;
    }

    /// <summary>
    /// True where something is seen to be written on the way to a write, and all of it keeps books. What the endpoint and every method on the way add, remove, assign or hand to a method that
    /// is named after writing counts.
    /// </summary>
    public static bool IsAllThatIsWritten(IReadOnlyList<IOperation> sites, IMethodSymbol handler, BackendModel model, CancellationToken cancellation)
    {
        var isAny = false;
        var isMark = NameWords.Of(handler.Name).Contains("mark");
        foreach (var body in sites.Select(static site => site.EnclosingFunction() ?? site.Root()).Distinct())
        {
            foreach (var written in WrittenIn(body, model, cancellation))
            {
                if (!written.IsBookkeeping || isMark)
                    return false;
                isAny = true;
            }
        }

        return isAny;
    }

    private static IEnumerable<Written> WrittenIn(IOperation body, BackendModel model, CancellationToken cancellation)
    {
        var visited = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (++visited > MostOperations)
                yield break;
            var written = operation switch
            {
                IInvocationOperation call => WrittenBy(call, model),
                IAssignmentOperation { Target: var target } and not ICoalesceAssignmentOperation => Assigned(target, model),
                IIncrementOrDecrementOperation { Target: var target } => Assigned(target, model),
                _ => null,
            };
            if (written is not null)
                yield return written;
        }
    }

    private static Written? WrittenBy(IInvocationOperation call, BackendModel model)
    {
        var name = call.TargetMethod.Name;
        // Who signs in, or renews a token, asks for the token.
        if (name is "AccessFailedAsync" or "ResetAccessFailedCountAsync" or "SetAuthenticationTokenAsync" or "RemoveAuthenticationTokenAsync" && call.TargetMethod.IsIn("Microsoft.AspNetCore.Identity"))
            return Written.OfBooks;
        if (name is "SetProperty" && call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore"))
            return MemberIn(call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (name is "ExecuteDelete" or "ExecuteDeleteAsync" && call.Receiver()?.Type.ElementTypeOfSequence() is { } deleted)
            return Written.Of(deleted.Name, member: null);
        if (name.StartsWith("Execute", StringComparison.Ordinal) && SqlOf(call) is { } sql)
            return Written.Of(sql, member: null);
        if (!NameWords.StartsWithAny(name, WritingVerbs))
            return null;
        foreach (var argument in call.Arguments)
        {
            var type = argument.Value.Unwrap().Type;
            var row = type.ElementTypeOfSequence() ?? type;
            if (row is INamedTypeSymbol entity && (Changes.Contains(name) && IsOfContext(call, model) || (model.Entities.IsEntity(entity) && Names(name, entity))))
                return Written.Of(entity.Name, member: null);
        }

        return null;
    }

    /// <summary><c>SaveAsync(order)</c> and <c>AddOrder(order)</c> write an order, <c>CreateToken(user)</c> writes no user.</summary>
    private static bool Names(string method, INamedTypeSymbol entity)
    {
        var words = NameWords.Of(method);
        if (words.Length == 1 || words[1] is "async" or "range" or "many" or "all")
            return true;
        var last = NameWords.Of(entity.Name).LastOrDefault();
        return last is not null && words.Any(word => word.StartsWith(last, StringComparison.Ordinal));
    }

    private static bool IsOfContext(IInvocationOperation call, BackendModel model) =>
        model.Libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbSet(call.Instance?.Type) || entityFramework.IsDbContext(call.Instance?.Type));

    private static Written? Assigned(IOperation target, BackendModel model)
    {
        if (target is not IPropertyReferenceOperation { Instance: { } instance, Property: var property } || !model.Entities.IsEntity(property.ContainingType))
            return null;
        // A new object is what is added, not what is changed.
        return instance.Unwrap() switch
        {
            IInstanceReferenceOperation => null,
            ILocalReferenceOperation local when LocalValues.Around(local).OnlyValueOf(local.Local)?.Unwrap() is IObjectCreationOperation => null,
            _ => Written.Of(property.ContainingType.Name, property.Name),
        };
    }

    private static Written? MemberIn(IOperation? selector)
    {
        foreach (var operation in selector?.DescendantsAndSelf() ?? [])
        {
            if (operation is IPropertyReferenceOperation { Property: var property })
                return Written.Of(property.ContainingType.Name, property.Name);
        }

        return null;
    }

    /// <summary>The beginning of the text says the table, and of an update the first column.</summary>
    private static string? SqlOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: string text })
                return string.Join(" ", text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(4));
        }

        return null;
    }

    private static bool IsLast(ImmutableArray<string> words, int at) =>
        words[at] is "last" && at + 1 < words.Length && (LastWords.Contains(words[at + 1]) || MemberWords.Contains(words[at + 1]));

    /// <summary>One row or column that is written.</summary>
    private sealed record Written(bool IsBookkeeping)
    {
        public static readonly Written OfBooks = new(IsBookkeeping: true);
        private static readonly Written Data = new(IsBookkeeping: false);

        public static Written? Of(string entity, string? member)
        {
            foreach (var word in NameWords.Of(entity))
            {
                if (EntityWords.Contains(word))
                    return OfBooks;
            }

            if (member is null)
                return Data;
            var words = NameWords.Of(member);
            // The time of the change goes along with whatever else is written.
            if (words is ["updated" or "modified", ..] or ["last", "updated" or "modified", ..])
                return null;
            for (var i = 0; i < words.Length; i++)
            {
                if (MemberWords.Contains(words[i]) || IsLast(words, i))
                    return OfBooks;
            }

            return Data;
        }
    }
}
