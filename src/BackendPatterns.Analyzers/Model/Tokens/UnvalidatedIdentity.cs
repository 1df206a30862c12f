using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>Tokens of a request that are read without a look at their signature, and whose claims become an identity.</summary>
internal sealed class UnvalidatedIdentity(BackendModel model)
{
    private const int MostSteps = 24;
    private const int MostLocals = 64;

    /// <summary>
    /// Returns the identity or principal that is made of what a call reads, where it reads a token that a request brought and nothing in the same member validates a token; null otherwise.
    /// </summary>
    public IOperation? MadeOf(IInvocationOperation read) =>
        read.ArgumentAt(0) is { } token && IdentityOf(read) is { } identity && !IsValidated(read) && IsOfRequest(token) ? identity : null;

    private bool IsOfRequest(IOperation token)
    {
        var pending = new Stack<IOperation>();
        pending.Push(token);
        for (var steps = 0; pending.Count > 0 && steps < MostSteps; steps++)
        {
            var current = pending.Pop().UnwrapAwait();
            switch (current)
            {
                case ILocalReferenceOperation local:
                    foreach (var write in LocalValues.Around(local).WritesTo(local.Local))
                    {
                        if (write is not null)
                            pending.Push(write);
                        else if (IsOutOfRequest(local))
                            return true;
                    }

                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    if (model.Endpoints?.RequestValues.AreBoundTo(parameter) == true)
                        return true;
                    break;
                case IPropertyReferenceOperation property:
                    if (IsPartOfRequest(property.Property) || model.Endpoints?.RequestValues.AreBoundTo(property.Property, property.Instance?.Type) == true)
                        return true;
                    if (property.Instance is { } owner)
                        pending.Push(owner);
                    break;
                case IInvocationOperation { TargetMethod.Name: not ("DeserializeObject" or "Deserialize") } call when (call.Receiver() ?? call.ArgumentAt(0)) is { } source:
                    pending.Push(source);
                    break;
                // The text of a header.
                case IConversionOperation { Operand: var converted }:
                    pending.Push(converted);
                    break;
                case ICoalesceOperation choice:
                    pending.Push(choice.Value);
                    break;
                case IConditionalAccessOperation access:
                    pending.Push(access.Operation);
                    break;
                case IArrayElementReferenceOperation element:
                    pending.Push(element.ArrayReference);
                    break;
                case IConditionalOperation { WhenFalse: { } otherwise } choice:
                    pending.Push(choice.WhenTrue);
                    pending.Push(otherwise);
                    break;
            }
        }

        return false;
    }

    private static bool IsPartOfRequest(IPropertySymbol property) =>
        property.Name is "Headers" or "Cookies" or "Query" or "Form" && property.ContainingType.Name == "HttpRequest" && property.IsIn("Microsoft.AspNetCore.Http");

    /// <summary><c>request.Headers.TryGetValue("Authorization", out var token)</c>.</summary>
    private static bool IsOutOfRequest(ILocalReferenceOperation local)
    {
        foreach (var reference in LocalValues.Around(local).ReferencesTo(local.Local))
        {
            var place = reference.Parent is IDeclarationExpressionOperation declaration ? declaration : reference;
            if (place.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "TryGetValue" } call } && call.Receiver()?.Unwrap() is IPropertyReferenceOperation { Property: var source } && IsPartOfRequest(source))
                return true;
        }

        return false;
    }

    private bool IsValidated(IInvocationOperation read)
    {
        foreach (var operation in read.Root().Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var method } && method.Name.StartsWith("Validate", StringComparison.Ordinal)
                && (method.Name.IndexOf("Token", StringComparison.Ordinal) >= 0 || model.Libraries.Tokens!.IsTokenHandler(method.ContainingType)))
            {
                return true;
            }

            if (operation is IInvocationOperation { TargetMethod.Name: "AuthenticateAsync" or "VerifyUserTokenAsync" or "VerifySignature" or "VerifyData" })
                return true;
        }

        return false;
    }

    /// <summary>Follows the token through locals, forwards, to a principal or identity that is made of it.</summary>
    private static IOperation? IdentityOf(IInvocationOperation read)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IOperation>();
        pending.Push(read);
        while (pending.Count > 0 && seen.Count < MostLocals)
        {
            for (IOperation? child = pending.Pop(), parent = child.Parent; parent is not null; (child, parent) = (parent, parent.Parent))
            {
                if (parent is IObjectCreationOperation { Type: { Name: "ClaimsIdentity" or "ClaimsPrincipal" } type } && type.IsIn("System.Security.Claims"))
                    return parent;
                var holder = parent switch
                {
                    IVariableDeclaratorOperation declarator => declarator.Symbol,
                    ISimpleAssignmentOperation { Value: var value } assignment when value == child => assignment.Target.ReferencedSymbol() as ILocalSymbol,
                    IForEachLoopOperation { Locals: [var each] } loop when loop.Collection == child => each,
                    IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" } add when add.Instance != child => add.Instance?.ReferencedSymbol() as ILocalSymbol,
                    _ => null,
                };
                if (holder is not null && seen.Add(holder))
                {
                    foreach (var reference in LocalValues.Around(read).ReferencesTo(holder))
                        pending.Push(reference);
                }

                if (parent is IBlockOperation or IAnonymousFunctionOperation)
                    break;
            }
        }

        return null;
    }
}
