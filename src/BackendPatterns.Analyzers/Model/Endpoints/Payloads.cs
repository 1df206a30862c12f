using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>One type of what an endpoint writes into its answers.</summary>
/// <param name="Type">The type that is declared, or that the value has where it is written.</param>
/// <param name="Value">The value, or null where the type comes from the declaration of the handler.</param>
public readonly record struct Payload(ITypeSymbol Type, IOperation? Value);

/// <summary>What handlers hand to the serializer: the type they declare (<c>Task&lt;ActionResult&lt;T&gt;&gt;</c>, <c>Ok&lt;T&gt;</c>), or the values in the results that they return.</summary>
public sealed class Payloads
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc";
    private const string Http = "Microsoft.AspNetCore.Http";
    private const int MostOperations = 20_000;
    private const int MostValues = 16;
    private const int MostDepth = 4;

    private static readonly HashSet<string> Results = new(StringComparer.Ordinal)
    {
        "Ok", "Json", "Created", "CreatedAtAction", "CreatedAtRoute", "Accepted", "AcceptedAtAction", "AcceptedAtRoute", "StatusCode",
    };

    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<Payload>> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Returns what a handler with this body answers with; empty where it answers with nothing, with text, with pages, or that is not known.</summary>
    /// <param name="handler">The action, the mapped method or the symbol of the mapped lambda.</param>
    /// <param name="body">Returns its body, or null; asked for the first time only.</param>
    public ImmutableArray<Payload> Of(IMethodSymbol handler, Func<IOperation?> body) =>
        _known.TryGetValue(handler, out var known) ? known : _known.GetOrAdd(handler, Find(handler, body()));

    /// <summary>Returns what a handler declares that it answers with, without a look into it; empty where it declares no more than a result.</summary>
    public static ImmutableArray<Payload> DeclaredBy(IMethodSymbol handler)
    {
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        if (!handler.ReturnsVoid)
            AddDeclared(handler.ReturnType.UnwrapTask(), payloads, depth: 0);
        return payloads.ToImmutable();
    }

    private static ImmutableArray<Payload> Find(IMethodSymbol handler, IOperation? body)
    {
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        if (handler.ReturnsVoid)
            return payloads.ToImmutable();
        // Ok(x) holds whatever x is, also where ActionResult<T> promises something else.
        if (body is not null)
            AddReturned(body, payloads);
        if (payloads.Count == 0)
            AddDeclared(handler.ReturnType.UnwrapTask(), payloads, depth: 0);
        return payloads.ToImmutable();
    }

    /// <summary>True for a type that says nothing about the value in it: <c>IActionResult</c>, <c>IResult</c>, <c>object</c>.</summary>
    private static bool MayHold(ITypeSymbol type) => type.SpecialType is SpecialType.System_Object || IsResult(type);

    private static bool IsResult(ITypeSymbol type) => type.ContainingNamespace.IsBelow("Microsoft.AspNetCore");

    private static void AddDeclared(ITypeSymbol type, ImmutableArray<Payload>.Builder payloads, int depth)
    {
        if (type is INamedTypeSymbol { Arity: > 0 } result && IsResult(type) && depth < MostDepth)
        {
            foreach (var argument in result.TypeArguments)
                AddDeclared(argument.UnwrapTask(), payloads, depth + 1);
        }
        else if (!MayHold(type) && IsObject(type))
        {
            payloads.Add(new Payload(type, Value: null));
        }
    }

    private static bool IsObject(ITypeSymbol type) =>
        type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Array } || type.ElementTypeOfSequence() is not null;

    private static void AddReturned(IOperation body, ImmutableArray<Payload>.Builder payloads)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        for (var seen = 0; pending.Count > 0 && seen < MostOperations && payloads.Count < MostValues; seen++)
        {
            var operation = pending.Pop();
            if (operation is IReturnOperation { ReturnedValue: { } value })
            {
                AddValues(value, payloads);
                continue;
            }

            // What a lambda or local function returns is not what the handler returns.
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation)
                continue;
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
        }
    }

    private static void AddValues(IOperation returned, ImmutableArray<Payload>.Builder payloads)
    {
        var pending = new Stack<IOperation>();
        pending.Push(returned);
        for (var steps = 0; pending.Count > 0 && steps < MostValues * 4; steps++)
        {
            var value = BelowConversions(pending.Pop());
            switch (value)
            {
                case IConditionalOperation { WhenFalse: { } otherwise } choice:
                    pending.Push(choice.WhenTrue);
                    pending.Push(otherwise);
                    break;
                case ICoalesceOperation coalesce:
                    pending.Push(coalesce.Value);
                    pending.Push(coalesce.WhenNull);
                    break;
                case ISwitchExpressionOperation choice:
                    foreach (var arm in choice.Arms)
                        pending.Push(arm.Value);
                    break;
                case ILocalReferenceOperation { Local: var local } reference when LocalValues.Around(reference).OnlyValueOf(local) is { } only && IsResult(value.Type!):
                    pending.Push(only);
                    break;
                case { Type: { } type } when !IsResult(type):
                    Add(value, payloads);
                    break;
                default:
                    if (ContentOf(value) is { } content)
                        Add(BelowConversions(content), payloads);
                    break;
            }
        }
    }

    private static void Add(IOperation value, ImmutableArray<Payload>.Builder payloads)
    {
        if (value.Type is { } type && IsObject(type.UnwrapTask()) && !MayHold(type))
            payloads.Add(new Payload(type.UnwrapTask(), value));
    }

    /// <summary>Below the conversions to <c>ActionResult&lt;T&gt;</c> and to the union of typed results too.</summary>
    private static IOperation BelowConversions(IOperation value)
    {
        value = value.UnwrapAwait();
        for (var steps = 0; steps < MostDepth && value is IConversionOperation { Type: { } type } conversion && IsResult(type); steps++)
            value = conversion.Operand.UnwrapAwait();
        return value;
    }

    /// <summary>Returns the value in a successful result, or null where it holds none, or that is not known.</summary>
    private static IOperation? ContentOf(IOperation result) => result switch
    {
        IInvocationOperation { TargetMethod: var method } call when Results.Contains(method.Name) && (method.ContainingNamespace.Is(Mvc) || method.ContainingNamespace.Is(Http)) =>
            call.Argument("value") ?? call.Argument("data"),
        IObjectCreationOperation { Constructor: { } constructor } creation when constructor.ContainingNamespace.IsBelow(Mvc) && IsSuccess(constructor.ContainingType.Name) =>
            creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name is "value")?.Value,
        _ => null,
    };

    private static bool IsSuccess(string type) =>
        type is "OkObjectResult" or "ObjectResult" or "JsonResult" or "CreatedResult" or "CreatedAtActionResult" or "CreatedAtRouteResult" or "AcceptedResult" or "AcceptedAtActionResult" or "AcceptedAtRouteResult";
}
