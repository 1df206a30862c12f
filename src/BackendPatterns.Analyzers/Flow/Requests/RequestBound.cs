using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>
/// Values that end with the request: the <c>HttpContext</c> and what leads to it, a <c>DbContext</c> of its scope, Identity's managers, which hold one, the members of a hub.
/// </summary>
internal sealed class RequestBound(BackendModel model, AspNetCore aspNetCore)
{
    private const int MostSteps = 8;

    private readonly ConcurrentDictionary<ISymbol, bool> _injected = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// True where a reference, not what it leads to, is such a value and comes from outside of <paramref name="work"/>. False where it may as well be a value of the work's own.
    /// </summary>
    /// <param name="reference">A reference to a local, parameter, field or property.</param>
    /// <param name="work">The code that outlives the request.</param>
    /// <param name="given">Parameters that were given such a value.</param>
    public bool Contains(IOperation reference, IOperation work, ICollection<ISymbol> given)
    {
        if (reference.Type is not INamedTypeSymbol type)
            return false;
        if (reference is IPropertyReferenceOperation property && IsOfRequest(property))
            return true;
        if (IsRequestType(type))
            return reference is IParameterReferenceOperation or IFieldReferenceOperation ? !IsDeclaredIn(reference, work) && !IsOfLongLivedType(reference) : reference is ILocalReferenceOperation local && IsOutside(local, work) && !IsMade(local);
        return IsScopedType(type) && ComesFromScope(reference, work, given);
    }

    /// <summary>True where a value is what the container of the request gave: a member or parameter that is injected, or a local with what <c>RequestServices</c> returned.</summary>
    public bool ComesFromScope(IOperation reference, IOperation work, ICollection<ISymbol> given)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            reference = reference.Unwrap();
            if (model.Registrations.Lifetimes.AreSingletons(reference.Type) || IsOfLongLivedType(reference))
                return false;
            switch (reference)
            {
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return given.Contains(parameter) || IsGivenByContainer(parameter);
                case IFieldReferenceOperation { Field: var field, Instance: IInstanceReferenceOperation }:
                    return IsInjected(field);
                case IPropertyReferenceOperation { Property: var property, Instance: IInstanceReferenceOperation }:
                    return IsInjected(property);
                case ILocalReferenceOperation local when IsOutside(local, work) && LocalValues.Around(local).OnlyValueOf(local.Local) is { } value:
                    reference = value;
                    break;
                case IInvocationOperation { TargetMethod.Name: "GetRequiredService" or "GetService" } asked:
                    return asked.Receiver()?.Unwrap() is IPropertyReferenceOperation { Property: { Name: "RequestServices", ContainingType.Name: "HttpContext" } };
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>True for a context, a set or a manager: what starts an operation on it goes on using it until the operation is done.</summary>
    public bool IsScopedType(ITypeSymbol? type) =>
        type is { SpecialType: SpecialType.None }
        && ((model.Libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbContext(type) || entityFramework.IsDbSet(type))) || IsIdentityManager(type));

    private bool IsOfRequest(IPropertyReferenceOperation reference)
    {
        var type = reference.Property.ContainingType;
        return reference.Property.Name switch
        {
            "HttpContext" when type.Name is "IHttpContextAccessor" or "HttpContextAccessor" => type.IsIn("Microsoft.AspNetCore.Http"),
            "HttpContext" or "Request" or "Response" or "User" => type.IsOrDerivesFrom(aspNetCore.ControllerBase) || type.IsOrDerivesFrom(aspNetCore.PageModel),
            // Hub.Dispose makes these throw (https://learn.microsoft.com/aspnet/core/signalr/hubs: a hub lives for one call).
            "Clients" or "Context" or "Groups" => type.Name == "Hub" && type.IsIn("Microsoft.AspNetCore.SignalR"),
            _ => false,
        };
    }

    private bool IsRequestType(INamedTypeSymbol type) =>
        type.Name is "HttpContext" or "HttpRequest" or "HttpResponse" && type.IsIn("Microsoft.AspNetCore.Http");

    private static bool IsIdentityManager(ITypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType!)
        {
            if (current.Name is "UserManager" or "SignInManager" or "RoleManager" && current.IsIn("Microsoft.AspNetCore.Identity"))
                return true;
            if (current.BaseType is null)
                return false;
        }

        return false;
    }

    private bool IsInjected(ISymbol member)
    {
        if (_injected.TryGetValue(member.OriginalDefinition, out var known))
            return known;
        var isSet = member is IFieldSymbol { Type: var type } && model.Libraries.EntityFrameworkCore?.IsDbSet(type) == true;
        return _injected.GetOrAdd(member.OriginalDefinition, InjectedMembers.Contain(member.OriginalDefinition, model, mayLeadOut: isSet));
    }

    /// <summary>A parameter of a primary constructor, seen from another member, and a parameter of an endpoint that is no data of the request.</summary>
    private bool IsGivenByContainer(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method
        && (method.MethodKind is MethodKind.Constructor
            ? method.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax
            : model.Endpoints!.RequestCode.Enters(method));

    private bool IsOfLongLivedType(IOperation reference) => reference switch
    {
        IFieldReferenceOperation { Field.ContainingType: var type } => LongLivedTypes.Contain(type, model),
        IPropertyReferenceOperation { Property.ContainingType: var type } => LongLivedTypes.Contain(type, model),
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type } } => LongLivedTypes.Contain(type, model),
        _ => false,
    };

    private static bool IsMade(ILocalReferenceOperation local) => LocalValues.Around(local).OnlyValueOf(local.Local)?.Unwrap() is IObjectCreationOperation;

    private static bool IsOutside(IOperation reference, IOperation work) => !IsDeclaredIn(reference, work);

    private static bool IsDeclaredIn(IOperation reference, IOperation work) =>
        reference is ILocalReferenceOperation or IParameterReferenceOperation
        && reference.ReferencedSymbol()?.DeclaringSyntaxReferences is [var declaration, ..] && declaration.SyntaxTree == work.Syntax.SyntaxTree && work.Syntax.Span.Contains(declaration.Span);
}
