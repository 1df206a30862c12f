using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>A place that refers to something by its registered name.</summary>
/// <param name="Kind">What it refers to.</param>
/// <param name="Name">The constant name.</param>
/// <param name="Value">The expression that has the name, alone or, for schemes, in a list separated by commas.</param>
public sealed record NameUse(NameKind Kind, string Name, IOperation Value)
{
    /// <summary>The expression as it is written.</summary>
    public SyntaxNode Place => Value.Syntax;

    /// <summary>True where the name is a constant that the code base calls a role: <c>Roles.Admin</c>, <c>AdminRole</c>.</summary>
    public bool IsRoleConstant =>
        Value.Unwrap() is IFieldReferenceOperation { Field: { IsConst: true } constant } && SayRole(NameWords.Of(constant.Name), NameWords.Of(constant.ContainingType.Name));

    private static bool SayRole(ImmutableArray<string> name, ImmutableArray<string> type) =>
        (name.Any(IsRole) || type.Any(IsRole)) && !name.Any(IsPolicy) && !type.Any(IsPolicy);

    private static bool IsRole(string word) => word is "role" or "roles";

    private static bool IsPolicy(string word) => word is "policy" or "policies" or "permission" or "permissions";
}
