using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// The tokens that a solution makes itself: where one carries no issuer (or audience), a check of it refuses the own tokens. Read from the syntax, over all projects: tokens are seldom made
/// in the one that validates them.
/// </summary>
internal static class IssuedTokens
{
    private const string Descriptor = "SecurityTokenDescriptor";
    private const string Token = "JwtSecurityToken";

    /// <summary>Other ways to make a token, whose issuer and audience may be anywhere.</summary>
    private static readonly string[] OtherWays = ["JwtPayload", "CreateJwtSecurityToken", "CreateEncodedJwt"];

    /// <summary>True where each token that is made gets this property when it is made; also where none is made.</summary>
    /// <param name="solution">The projects that are searched.</param>
    /// <param name="property"><c>Issuer</c> or <c>Audience</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<bool> AllCarryAsync(Solution solution, string property, CancellationToken cancellationToken)
    {
        foreach (var document in solution.Projects.Where(static project => project.Language == LanguageNames.CSharp).SelectMany(static project => project.Documents))
        {
            var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
            if (OtherWays.Any(way => Has(text, way)))
                return false;
            if ((Has(text, Descriptor) || Has(text, Token)) && await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root && !AllCarry(root, property))
                return false;
        }

        return true;
    }

    private static bool Has(string text, string name) => text.IndexOf(name, StringComparison.Ordinal) >= 0;

    private static bool AllCarry(SyntaxNode root, string property) =>
        root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().All(creation => NameOfType(creation) switch
        {
            Descriptor => SetsInInitializer(creation, property),
            Token => IsRead(creation) || IsArgument(creation, property),
            _ => true,
        });

    private static string? NameOfType(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax type } => type.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax type } => type.Right.Identifier.ValueText,
        // Whatever the type is that the place has: only a token is signed.
        ImplicitObjectCreationExpressionSyntax when SetsInInitializer(creation, "SigningCredentials") => Descriptor,
        ImplicitObjectCreationExpressionSyntax when IsArgument(creation, "SigningCredentials") => Token,
        _ => null,
    };

    private static bool SetsInInitializer(BaseObjectCreationExpressionSyntax creation, string property) =>
        creation.Initializer?.Expressions.Any(set => set is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name, Right: var value } && name.Identifier.ValueText == property && !IsNull(value)) == true;

    /// <summary><c>new JwtSecurityToken(text)</c> reads a token.</summary>
    private static bool IsRead(BaseObjectCreationExpressionSyntax creation) => creation.ArgumentList?.Arguments is [{ NameColon: null }];

    /// <summary>The issuer is the first argument and the audience the second, unless they are named.</summary>
    private static bool IsArgument(BaseObjectCreationExpressionSyntax creation, string property)
    {
        var arguments = creation.ArgumentList?.Arguments ?? default;
        var named = arguments.FirstOrDefault(argument => string.Equals(argument.NameColon?.Name.Identifier.ValueText, property, StringComparison.OrdinalIgnoreCase));
        var position = property switch { "Issuer" => 0, "Audience" => 1, _ => int.MaxValue };
        return (named ?? (position < arguments.Count && arguments.Take(position + 1).All(static argument => argument.NameColon is null) ? arguments[position] : null)) is { } given && !IsNull(given.Expression);
    }

    private static bool IsNull(ExpressionSyntax value) => value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression);
}
