using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The types of Microsoft.IdentityModel that make and validate tokens.</summary>
public sealed class TokenLibrary
{
    private readonly INamedTypeSymbol _validationParameters;

    private TokenLibrary(Compilation compilation, INamedTypeSymbol validationParameters)
    {
        _validationParameters = validationParameters;
        SymmetricSecurityKey = compilation.FindType("Microsoft.IdentityModel.Tokens.SymmetricSecurityKey");
        JwtSecurityTokenHandler = compilation.FindType("System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler");
        JsonWebTokenHandler = compilation.FindType("Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler");
    }

    public INamedTypeSymbol? SymmetricSecurityKey { get; }

    public INamedTypeSymbol? JwtSecurityTokenHandler { get; }

    public INamedTypeSymbol? JsonWebTokenHandler { get; }

    /// <summary>Returns the library as this compilation sees it, or null.</summary>
    public static TokenLibrary? In(Compilation compilation) =>
        compilation.FindType("Microsoft.IdentityModel.Tokens.TokenValidationParameters") is { } parameters ? new TokenLibrary(compilation, parameters) : null;

    /// <summary>True for <c>TokenValidationParameters</c> and types derived from it.</summary>
    public bool IsValidationParameters(ITypeSymbol? type) => type.IsOrDerivesFrom(_validationParameters);

    /// <summary>True for the handlers that read and write JSON web tokens.</summary>
    public bool IsTokenHandler(ITypeSymbol? type) => type.IsOrDerivesFrom(JwtSecurityTokenHandler) || type.IsOrDerivesFrom(JsonWebTokenHandler);
}
