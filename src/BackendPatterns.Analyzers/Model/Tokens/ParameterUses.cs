using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>What <c>TokenValidationParameters</c> are used for.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="mayReadExpired">True where code that renews a token is no use: it reads an expired one on purpose.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class ParameterUses(BackendModel model, bool mayReadExpired, CancellationToken cancellation)
{
    private const int MostHolders = 6;

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// True where the parameters that an assignment changes become those of an authentication scheme, or validate a token whose principal or content is used. False where that is not known.
    /// </summary>
    public bool Authenticate(ISimpleAssignmentOperation assignment)
    {
        if (mayReadExpired && TokenRenewal.IsAround(assignment, model, cancellation))
            return false;
        if (assignment.Target is not IPropertyReferenceOperation { Instance: { } instance })
            return false;
        return instance.Unwrap() switch
        {
            IInstanceReferenceOperation when assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: { } owner } =>
                owner is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation scheme } ? IsOfScheme(scheme.Property) : Flows(owner),
            IPropertyReferenceOperation scheme when IsOfScheme(scheme.Property) => true,
            { } holder => IsHeldBy(holder.ReferencedSymbol(), holder),
        };
    }

    /// <summary>Follows a value to where it is used.</summary>
    private bool Flows(IOperation value)
    {
        value = value.WalkUpValue();
        switch (value.Parent)
        {
            case ISimpleAssignmentOperation { Target: var target } assignment when assignment.Value == value:
                return target.Unwrap() is IPropertyReferenceOperation scheme && IsOfScheme(scheme.Property) || IsHeldBy(target.ReferencedSymbol(), target);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                return IsHeldBy(local, declarator);
            case IFieldInitializerOperation { InitializedFields: [var field] }:
                return IsHeldBy(field, value);
            case IPropertyInitializerOperation { InitializedProperties: [var property] }:
                return IsHeldBy(property, value);
            case IArgumentOperation { Parent: IInvocationOperation call } argument:
                return IsValidation(call, argument) && !(mayReadExpired && TokenRenewal.IsAround(call, model, cancellation)) && IsResultUsed(call);
            case IReturnOperation returned:
                return IsResultOfMember(returned);
            default:
                return false;
        }
    }

    private static bool IsOfScheme(IPropertySymbol property) =>
        property.Name == "TokenValidationParameters" && property.ContainingNamespace.IsBelow("Microsoft.AspNetCore.Authentication");

    private bool IsValidation(IInvocationOperation call, IArgumentOperation argument) =>
        call.TargetMethod.Name is "ValidateToken" or "ValidateTokenAsync" && model.Libraries.Tokens!.IsValidationParameters(argument.Parameter?.Type);

    /// <summary>True where something looks at the principal, or at the token that comes out.</summary>
    private static bool IsResultUsed(IInvocationOperation call)
    {
        if (call.WalkUpValue().Parent is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }))
            return true;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out && argument.Value is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var token } })
                return LocalValues.Around(call).ReferencesTo(token).Count > 1;
        }

        return false;
    }

    private bool IsHeldBy(ISymbol? holder, IOperation place)
    {
        if (holder is null || _seen.Count == MostHolders || !_seen.Add(holder) || (mayReadExpired && TokenRenewal.IsNamed(holder.Name)))
            return false;
        switch (holder)
        {
            case ILocalSymbol local:
                foreach (var reference in LocalValues.Around(place).ReferencesTo(local))
                {
                    if (Flows(reference))
                        return true;
                }

                return false;
            case IFieldSymbol or IPropertySymbol when !holder.DeclaringSyntaxReferences.IsEmpty:
                return IsUsedAsMember(holder);
            default:
                return false;
        }
    }

    private bool IsUsedAsMember(ISymbol member)
    {
        var trees = member.DeclaredAccessibility is Accessibility.Private
            ? member.ContainingType.DeclaringSyntaxReferences.Select(static reference => reference.SyntaxTree).Distinct()
            : model.Compilation.SyntaxTrees;
        foreach (var tree in trees)
        {
            if (!TreeWords.Mentions(tree, member.Name, cancellation) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != member.Name)
                    continue;
                var use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (SyntaxNode)access : name;
                if (semantics.GetOperation(use, cancellation) is IMemberReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member.OriginalDefinition) && Flows(reference))
                    return true;
            }
        }

        return false;
    }

    /// <summary>A method or property that makes the parameters: its callers use them.</summary>
    private bool IsResultOfMember(IReturnOperation returned)
    {
        if (returned.EnclosingFunction() is not null || returned.SemanticModel?.GetEnclosingSymbol(returned.Syntax.SpanStart, cancellation) is not IMethodSymbol method || _seen.Count == MostHolders || !_seen.Add(method))
            return false;
        if (method.AssociatedSymbol is IPropertySymbol property)
            return IsUsedAsMember(property);
        var callers = CallersInSource.Handful(method, model);
        if (callers.IsDefault)
            return false;
        foreach (var call in callers)
        {
            if (Flows(call))
                return true;
        }

        return false;
    }
}
