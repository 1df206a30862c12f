using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>A <c>return</c> of an endpoint that answers 200 and says in its payload that something failed; the analyzer and its fix ask the same question.</summary>
/// <param name="Value">What is returned: <c>Ok(…)</c>, <c>Json(…)</c>, <c>Results.Ok(…)</c>, or the payload itself.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="Sign">What says so, as messages name it.</param>
/// <param name="IsInCatch">True where an exception was caught.</param>
public sealed record BP3002ErrorAnswer(IOperation Value, IOperation Payload, string Sign, bool IsInCatch)
{
    private static readonly HashSet<string> Errors = new(StringComparer.Ordinal) { "error", "errors", "exception" };
    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "success", "succeeded", "successful", "issuccess", "ok" };

    /// <summary>Endpoints whose answer is the outcome of a question, and protocols in which 200 means that the message arrived.</summary>
    private static readonly HashSet<string> Protocols = new(StringComparer.Ordinal)
    {
        "webhook", "webhooks", "hook", "hooks", "callback", "ipn", "notify", "notification", "event", "events", "rpc", "jsonrpc", "graphql", "batch", "bulk", "import", "test", "validate", "validation", "check", "verify",
        "verification", "probe", "health", "healthz", "ping", "status", "diagnostics", "available", "exists", "simulate", "preview", "dry",
    };

    /// <summary>Returns the error that a statement answers with status 200, or null where it answers something else, or where that is not sure.</summary>
    public static BP3002ErrorAnswer? Of(IReturnOperation returned)
    {
        if (returned.IsImplicit || returned.ReturnedValue is not { } result || PayloadOf(Written(result)) is not { } payload)
            return null;
        var value = Written(result);
        var catches = EnclosingCatch(returned);
        var sign = catches is not null ? SignIn(payload, catches) : IsInBranch(returned) ? SignOf(payload) ?? SignInBranch(payload, returned) : null;
        return sign is null || SetsStatus(returned) ? null : new BP3002ErrorAnswer(value, payload, sign, catches is not null);
    }

    /// <summary>Returns the endpoint that a statement belongs to, or null where it belongs to none.</summary>
    internal static HandlerBody? HandlerOf(IReturnOperation returned, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        if (returned.EnclosingFunction() is { } function)
            return function is IAnonymousFunctionOperation lambda && endpoints.MapCallOf(lambda) is { } call ? HandlerBody.OfMapping(call, model, CancellationToken.None) : null;
        if (returned.MemberAround() is not IMethodSymbol { MethodKind: MethodKind.Ordinary, ContainingType: { } type } method)
            return null;
        if (endpoints.Controllers.ContainOrServeAsBase(type) && endpoints.Controllers.ActionsOf(type).Contains(method, SymbolEqualityComparer.Default))
            return new HandlerBody(method, returned.Root(), endpoints.Controllers.VerbsOf(method), method.Locations[0], Mapping: null);
        return endpoints.MapCallsOf(method).FirstOrDefault() is { } mapping ? HandlerBody.OfMapping(mapping, model, CancellationToken.None) : null;
    }

    internal static bool IsProtocol(BP3002ErrorAnswer answer, HandlerBody handler, BackendModel model)
    {
        foreach (var name in handler.EndpointIn(model.Endpoints!).Words)
        {
            foreach (var word in name)
            {
                if (Protocols.Contains(word))
                    return true;
            }
        }

        // JSON-RPC: the error is a member of the envelope.
        return MembersOf(answer.Payload).Any(static member => NameWords.Of(member.Name) is ["jsonrpc"] or ["json", "rpc"]);
    }

    /// <summary>What was written: <c>ActionResult&lt;T&gt;</c> has conversions of its own.</summary>
    private static IOperation Written(IOperation value)
    {
        while (value.UnwrapAwait() is var inner)
        {
            if (inner is not IConversionOperation { OperatorMethod: not null, Operand: var operand })
                return inner;
            value = operand;
        }

        return value;
    }

    /// <summary>What is sent: the argument of <c>Ok</c> and <c>Json</c>, or an object that is returned as it is.</summary>
    private static IOperation? PayloadOf(IOperation value)
    {
        switch (value)
        {
            case IInvocationOperation { TargetMethod: { Name: "Ok" or "Json" } method, Arguments: [var argument, ..] } call
                when AuthorizationAttributes.IsFramework(method) && (method.Name is "Ok" || call.Arguments.All(static other => other.ArgumentKind is ArgumentKind.DefaultValue || other.Parameter?.Name is "data" or "value")):
                return WithoutLocal(argument.Value.Unwrap());
            case IObjectCreationOperation { Type.Name: "OkObjectResult" or "JsonResult", Arguments: [var argument, ..], Initializer: null } creation when AuthorizationAttributes.IsFramework(creation.Type!):
                return WithoutLocal(argument.Value.Unwrap());
            case IObjectCreationOperation { Type: { } type } creation when !AuthorizationAttributes.IsFramework(type):
                return creation;
            default:
                return null;
        }
    }

    private static IOperation WithoutLocal(IOperation value) =>
        value is ILocalReferenceOperation { Local: var local } && LocalValues.Around(value) is var values && values.OnlyValueOf(local)?.Unwrap() is IObjectCreationOperation or IAnonymousObjectCreationOperation
            ? values.OnlyValueOf(local)!.Unwrap()
            : value;

    private static string? SignIn(IOperation payload, ICatchClauseOperation around)
    {
        if (SignOf(payload) is { } sign)
            return sign;
        if (payload.Type?.SpecialType is SpecialType.System_String && Mentions(payload, around))
            return payload.Syntax.ToString();
        foreach (var member in MembersOf(payload))
        {
            if (Mentions(member.Value, around))
                return member.Name;
        }

        return null;
    }

    /// <summary><c>error = …</c>, <c>success = false</c>, <c>status = "error"</c>.</summary>
    private static string? SignOf(IOperation payload)
    {
        foreach (var (name, value) in MembersOf(payload))
        {
            var words = NameWords.Of(name);
            var constant = value.Unwrap().ConstantValue;
            if (constant is { HasValue: true, Value: false } && words.Any(Flags.Contains) && !words.Contains("not"))
                return name + " = false";
            if (constant is { HasValue: true, Value: "error" or "Error" or "ERROR" or "fail" or "failed" or "Failed" or "failure" } text && words.Any(static word => word is "status" or "result" or "state" or "type"))
                return $"{name} = {text.Value}";
            if (words.Length > 0 && (Errors.Contains(words[0]) || Errors.Contains(words[words.Length - 1])) && IsSomething(value) && !words.Contains("count"))
                return name;
        }

        return null;
    }

    /// <summary><c>Ok(result.Errors)</c> where <c>result</c> was tested.</summary>
    private static string? SignInBranch(IOperation payload, IReturnOperation returned) =>
        payload is IPropertyReferenceOperation { Property: { Name: "Errors" or "Error" or "ErrorMessage" or "ModelState" } property } && returned.Parent is not null ? property.Name : null;

    private static bool IsSomething(IOperation value) =>
        value.Unwrap() is not (IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null or false or 0 or "" } }) && value.Type?.SpecialType is not SpecialType.System_Boolean
        && value.Unwrap() is not IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } and not IFieldReferenceOperation { Field.Name: "Empty" };

    private static IEnumerable<(string Name, IOperation Value)> MembersOf(IOperation payload)
    {
        var initializers = payload switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
            IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers,
            _ => ImmutableArray<IOperation>.Empty,
        };
        foreach (var initializer in initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: var value })
                yield return (name, value);
        }

        if (payload is IObjectCreationOperation { Arguments: var arguments })
        {
            foreach (var argument in arguments)
            {
                if (argument is { Parameter.Name: var name, ArgumentKind: ArgumentKind.Explicit })
                    yield return (name, argument.Value);
            }
        }
    }

    private static bool Mentions(IOperation value, ICatchClauseOperation around)
    {
        if (around.ExceptionDeclarationOrExpression is not IVariableDeclaratorOperation { Symbol: var caught })
            return false;
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, caught))
                return true;
        }

        return false;
    }

    private static ICatchClauseOperation? EnclosingCatch(IOperation operation)
    {
        for (var current = operation.Parent; current is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ICatchClauseOperation clause)
                return clause;
        }

        return null;
    }

    /// <summary>True in a branch, and after a branch that returned: then the other one failed or did not.</summary>
    private static bool IsInBranch(IOperation returned)
    {
        for (var (child, parent) = (returned, returned.Parent); parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation or ISwitchCaseOperation)
                return true;
            if (parent is IBlockOperation block && block.Operations.TakeWhile(statement => !ReferenceEquals(statement, child)).Any(static statement =>
                    statement is IConditionalOperation { WhenTrue: IReturnOperation or IBlockOperation { Operations: [.., IReturnOperation] } } or ITryOperation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The handler says itself which status it answers.</summary>
    private static bool SetsStatus(IReturnOperation returned)
    {
        var body = returned.EnclosingFunction() ?? returned.Root();
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IPropertyReferenceOperation { Property.Name: "StatusCode" } reference && reference.IsWritten())
                return true;
        }

        return false;
    }
}
