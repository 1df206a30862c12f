using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// One search for authorization in the code of a handler. Members of its type and of the bases are followed; of everything else the name decides.
/// Nothing is bound: binding whole bodies for a question that ends in names would be the greater part of the rule's time.
/// </summary>
/// <param name="home">The type that the handler belongs to.</param>
/// <param name="aspNetCore">The framework's types.</param>
internal sealed class SourceCheckSearch(INamedTypeSymbol? home, AspNetCore aspNetCore)
{
    private const int MaximumFollowed = 32;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Challenge", "ChallengeAsync", "ForbidAsync", "SignIn", "SignInAsync", "SignOut", "SignOutAsync", "AuthenticateAsync", "SignInManager", "ClaimsPrincipal", "IPrincipal", "ClaimsIdentity",
        "IIdentity", "FixedTimeEquals", "CheckPasswordAsync", "CheckPasswordSignInAsync", "PasswordSignInAsync", "ResetPasswordAsync", "ConfirmEmailAsync", "ChangePasswordAsync",
        "VerifyUserTokenAsync", "VerifyHashedPassword", "IsAuthenticated", "IsInRole",
    };

    private readonly bool _hasUser = aspNetCore.IsControllerBase(home) || home.IsOrDerivesFrom(aspNetCore.PageModel);
    private readonly bool _isHub = home.IsOrDerivesFrom(aspNetCore.Hub);
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Stack<SyntaxNode> _pending = new();

    /// <summary>True where the method, or what it calls on its own type, may authorize; true as well where it has no source.</summary>
    public bool Finds(IMethodSymbol method) => !Follow(method) || Run();

    /// <summary>True where the code may authorize.</summary>
    public bool Finds(SyntaxNode code)
    {
        _pending.Push(code);
        return Run();
    }

    private bool Run()
    {
        while (_pending.Count > 0)
        {
            var code = _pending.Pop();
            // Attributes of the method itself have been looked at as attributes.
            foreach (var node in code.DescendantNodes(node => node is not AttributeListSyntax || node.Parent != code))
            {
                if (node is SimpleNameSyntax name ? Checks(name, code) : node is LiteralExpressionSyntax literal && IsCheck(literal))
                    return true;
            }
        }

        return false;
    }

    private bool Checks(SimpleNameSyntax name, SyntaxNode code)
    {
        var text = name.Identifier.ValueText;
        if (Names.Contains(text) || AuthorizationWords.OfChecks.AreIn(text) || text.StartsWith("HMAC", StringComparison.Ordinal))
            return true;
        var member = name.Parent as MemberAccessExpressionSyntax;
        if (member is not null && member.Name == name && member.Expression is not (ThisExpressionSyntax or BaseExpressionSyntax))
            return (text is "User" or "Session" && IsHttpContext(member.Expression, code)) || (_isHub && IsCallerOfHub(text));
        if (name.Parent is MemberBindingExpressionSyntax && ((text == "User" && _hasUser) || (_isHub && IsCallerOfHub(text))))
            return true;
        if (_isHub && text == "Context" && name.Parent is ArgumentSyntax)
            return true;
        if (text == "User" && _hasUser && name.Parent is ArgumentSyntax or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or EqualsValueClauseSyntax)
            return true;
        // Code of this application that is handed the whole request can find out who calls.
        if (name.Parent is ArgumentSyntax && (text is "HttpContext" or "Request" ? _hasUser : IsHttpContext(name, code)))
            return true;
        return IsOwnCheck(text);
    }

    // Members of Hub.Context that tell who calls, and the one that sends a caller away.
    private static bool IsCallerOfHub(string text) => text is "User" or "UserIdentifier" or "GetHttpContext" or "Abort";

    private bool IsOwnCheck(string text)
    {
        // The same few names over and over, and what was no check is none the second time.
        if (!_asked.Add(text))
            return false;
        for (var type = home; type is not null && !AuthorizationAttributes.IsFramework(type); type = type.BaseType)
        {
            foreach (var member in type.GetMembers(text))
            {
                if (member switch
                    {
                        IFieldSymbol field => IsCheckType(field.Type),
                        IPropertySymbol property => IsCheckType(property.Type) || !Follow(property),
                        IMethodSymbol method => !Follow(method),
                        _ => false,
                    })
                {
                    return true;
                }
            }

            foreach (var constructor in type.InstanceConstructors)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Name == text && IsCheckType(parameter.Type))
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>False where a member cannot be read.</summary>
    private bool Follow(ISymbol member)
    {
        if (!_followed.Add(member))
            return true;
        var source = member is IMethodSymbol { PartialImplementationPart: { } implementation } ? implementation : member;
        if (source.DeclaringSyntaxReferences.IsEmpty || source.IsAbstract || _followed.Count > MaximumFollowed)
            return source.IsImplicitlyDeclared;
        foreach (var reference in source.DeclaringSyntaxReferences)
            _pending.Push(reference.GetSyntax());
        return true;
    }

    private static bool IsCheckType(ITypeSymbol type) => Names.Contains(type.Name) || AuthorizationWords.OfChecks.AreIn(type.Name);

    private static bool IsHttpContext(ExpressionSyntax expression, SyntaxNode code)
    {
        var name = expression switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            PostfixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith("HttpContext", StringComparison.OrdinalIgnoreCase) || IsParameterOfContext(name, code);
    }

    private static bool IsParameterOfContext(string name, SyntaxNode code)
    {
        var parameters = code switch
        {
            BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
            LocalFunctionStatementSyntax function => function.ParameterList.Parameters,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
            _ => default,
        };
        foreach (var parameter in parameters)
        {
            if (parameter.Identifier.ValueText == name && parameter.Type is { } type
                && (type.ToString().EndsWith("HttpContext", StringComparison.Ordinal) || type.ToString().EndsWith("HttpRequest", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCheck(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        401 or 403 => true,
        string text => text.Length is > 3 and < 40 && text.IndexOf(' ') < 0 && NameWords.Of(text) is var words
            && (words.Contains("signature") || words.Contains("authorization") || words.Contains("apikey") || words.Contains("hmac")
                || (words.Contains("api") && words.Contains("key")) || (words.Contains("x") && (words.Contains("secret") || words.Contains("token")))),
        _ => false,
    };
}
