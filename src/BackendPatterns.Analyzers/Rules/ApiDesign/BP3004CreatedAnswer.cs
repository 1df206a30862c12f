using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>A <c>return</c> that answers 200 with what the endpoint has just created; the analyzer and its fix ask the same question.</summary>
/// <param name="Value">What is returned: <c>Ok(order)</c> or the object itself.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="Created">Its type, which has an id.</param>
public sealed record BP3004CreatedAnswer(IOperation Value, IOperation Payload, ITypeSymbol Created)
{
    private const int MostOperations = 20_000;

    private static readonly string[] Creating = ["Create", "Add", "Insert"];

    private static readonly HashSet<string> Commands = new(StringComparer.Ordinal)
    {
        "login", "token", "tokens", "session", "authenticate", "signin", "search", "query", "find", "filter", "calculate", "estimate", "preview", "validate", "check", "import", "upload", "batch", "bulk", "sync",
        "webhook", "webhooks", "callback", "rpc", "upsert", "refresh",
    };

    /// <summary>Returns the answer of a handler, or null where it creates nothing, answers otherwise, or where that is not known.</summary>
    public static BP3004CreatedAnswer? In(IOperation body, BackendModel model, CancellationToken cancellation)
    {
        var visited = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (++visited > MostOperations)
                return null;
            if (operation is not IReturnOperation { ReturnedValue: { } returned } || !ReferenceEquals(operation.EnclosingFunction(), body.EnclosingFunction()) || PayloadOf(returned) is not var (value, payload))
                continue;
            if (CreatedBy(payload, model, cancellation) is { } created)
                return SetsStatus(body) ? null : new BP3004CreatedAnswer(value, payload, created);
        }

        return null;
    }

    /// <summary>True for an endpoint that does something else than to create, by whole words of its route and name.</summary>
    public static bool IsCommand(Endpoint endpoint)
    {
        foreach (var name in endpoint.Words)
        {
            foreach (var word in name)
            {
                if (Commands.Contains(word))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Returns the key of what was created: its property <c>Id</c>.</summary>
    public static IPropertySymbol? KeyOf(ITypeSymbol created)
    {
        for (var type = created; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers("Id"))
            {
                if (member is IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property)
                    return property;
            }
        }

        return null;
    }

    private static (IOperation Value, IOperation Payload)? PayloadOf(IOperation returned)
    {
        var value = returned.UnwrapAwait();
        // ActionResult<T> has conversions of its own.
        while (value is IConversionOperation { OperatorMethod: not null, Operand: var operand })
            value = operand.UnwrapAwait();
        return value switch
        {
            IInvocationOperation { TargetMethod: { Name: "Ok" } method, Arguments: [var argument] } when AuthorizationAttributes.IsFramework(method) => (value, argument.Value.UnwrapAwait()),
            ILocalReferenceOperation => (value, value),
            _ => null,
        };
    }

    private static ITypeSymbol? CreatedBy(IOperation payload, BackendModel model, CancellationToken cancellation)
    {
        var source = payload is ILocalReferenceOperation { Local: var local } ? LocalValues.Around(payload).OnlyValueOf(local)?.UnwrapAwait() : payload;
        return source switch
        {
            IObjectCreationOperation { Type: { } type } when payload is ILocalReferenceOperation { Local: var entity } && model.Entities.IsEntity(type) && KeyOf(type) is not null && IsAddedAndSaved(entity, payload, model) => type,
            IInvocationOperation call when Creates(call.TargetMethod.Name, call.TargetMethod.ReturnType.UnwrapTask().Name) && call.TargetMethod.ReturnType.UnwrapTask() is INamedTypeSymbol { TypeKind: TypeKind.Class } type
                                           && !AuthorizationAttributes.IsFramework(type) && KeyOf(type) is not null && model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseWrite, cancellation) is not null => type,
            _ => null,
        };
    }

    /// <summary><c>CreateAsync</c> and <c>AddOrder</c> make an <c>OrderDto</c>; <c>AddDetailToOrder</c> returns the order, which was there before.</summary>
    private static bool Creates(string method, string result)
    {
        if (!NameWords.StartsWithAny(method, Creating))
            return false;
        string? last = null;
        foreach (var word in NameWords.Of(method).Skip(1))
        {
            if (word is "async" or "to" or "from" or "for" or "in" or "by" or "with" or "and" or "new")
                break;
            last = word;
        }

        return last is null || NameWords.Of(result).Contains(last);
    }

    private static bool IsAddedAndSaved(ILocalSymbol entity, IOperation place, BackendModel model)
    {
        var isAdded = false;
        foreach (var reference in LocalValues.Around(place).ReferencesTo(entity))
        {
            isAdded |= reference.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "AddAsync" } call }
                       && (model.Libraries.EntityFrameworkCore!.IsDbSet(call.Instance?.Type) || model.Libraries.EntityFrameworkCore.IsDbContext(call.Instance?.Type));
        }

        return isAdded && ContextSaves.AnyAround(place);
    }

    /// <summary>The handler says itself which status or location it answers.</summary>
    private static bool SetsStatus(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation { Property.Name: "StatusCode" or "Location" } reference && reference.IsWritten())
                return true;
        }

        return false;
    }
}
