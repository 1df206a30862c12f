using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>The secrets that an endpoint hands out without being made for it.</summary>
public static class HandedOutSecrets
{
    /// <summary>Returns the members, in the order of their declaration; empty where an endpoint hands out none, or is there to do so.</summary>
    public static IEnumerable<SensitiveMember> Of(AnsweringEndpoint endpoint, BackendModel model)
    {
        foreach (var payload in endpoint.Payloads)
        {
            foreach (var member in model.Endpoints!.SensitiveMembers.In(payload.Type))
            {
                if (member.IsVerifier || !IsMeant(member, payload, model, endpoint))
                    yield return member;
            }
        }
    }

    /// <summary>
    /// True where the endpoint is there to hand it out. A contract that is no entity is also left alone where sign-in answers with it, and where clients fill it themselves (the
    /// form that they edit): whether it is filled here as well is not known. So is a member that the code around the answer leaves empty or fills with something that is no column (the
    /// secret of a payment that was just begun), and a token of which the filling is not seen at all: it may have been made for this answer.
    /// </summary>
    private static bool IsMeant(SensitiveMember member, Payload payload, BackendModel model, AnsweringEndpoint endpoint)
    {
        if (IssuedSecrets.AreAnswerOf(endpoint.Endpoint))
            return true;
        if (model.Entities.IsEntity(member.Holder))
            return false;
        // What other endpoints say about the type is asked last: they have to be found first.
        return IssuedSecrets.AreNamedBy(member.Holder) || IsMadeHere(member, payload, model)
            || model.Endpoints!.RequestContracts.Contain(member.Holder) || model.Endpoints.IssuedSecrets.AreIn(member.Holder);
    }

    private static bool IsMadeHere(SensitiveMember member, Payload payload, BackendModel model)
    {
        var fill = FillOf(member, payload);
        return fill.IsDefault ? IsToken(member.Property.Name) : !fill.Any(value => IsColumn(value, model));
    }

    private static bool IsToken(string name) => NameWords.Of(name) is [.., "token" or "jwt" or "bearer"];

    private static bool IsColumn(IOperation value, BackendModel model)
    {
        value = value.Unwrap();
        if (value is ILocalReferenceOperation { Local: var local })
            value = LocalValues.Around(value).OnlyValueOf(local)?.Unwrap() ?? value;
        return value is IPropertyReferenceOperation { Instance.Type: { } row } && model.Entities.IsEntity(row);
    }

    /// <summary>Returns what the code around the answer puts into the member; empty where it makes the object without it, default where it does not make it.</summary>
    private static ImmutableArray<IOperation> FillOf(SensitiveMember member, Payload payload)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        var isMade = false;
        foreach (var operation in payload.Value?.Root().Descendants() ?? [])
        {
            switch (operation)
            {
                case IObjectCreationOperation creation when SymbolEqualityComparer.Default.Equals(creation.Type, member.Holder):
                    isMade = true;
                    foreach (var argument in creation.Arguments)
                    {
                        if (string.Equals(argument.Parameter?.Name, member.Property.Name, StringComparison.OrdinalIgnoreCase))
                            values.Add(argument.Value);
                    }

                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment when SymbolEqualityComparer.Default.Equals(property, member.Property):
                    values.Add(assignment.Value);
                    break;
            }
        }

        return isMade || values.Count > 0 || member.Holder.IsAnonymousType ? values.ToImmutable() : default;
    }
}
