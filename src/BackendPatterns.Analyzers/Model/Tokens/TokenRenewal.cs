using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>Code that renews or ends a session and therefore reads tokens that have expired, such as <c>GetPrincipalFromExpiredToken</c>.</summary>
internal static class TokenRenewal
{
    /// <summary>True where the names of the members around the operation, of their parameters, or of those that call them say so.</summary>
    public static bool IsAround(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (operation.MemberAround(cancellation) is not { } member)
            return false;
        if (IsNamedSo(member))
            return true;
        if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            return false;
        var callers = CallersInSource.Handful(method, model);
        if (callers.IsDefault)
            return false;
        foreach (var call in callers)
        {
            if (call.MemberAround(cancellation) is { } caller && IsNamedSo(caller))
                return true;
        }

        return false;
    }

    /// <summary>True for names such as <c>RefreshToken</c>, <c>expiredToken</c> or <c>SignOut</c>.</summary>
    public static bool IsNamed(string name)
    {
        var words = NameWords.Of(name);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "refresh" or "refreshed" or "refreshing" or "expired" or "renew" or "renewal" or "revoke" or "revoked" or "logout" or "signout" or "rotate"
                || (words[i] is "sign" or "log" && i + 1 < words.Length && words[i + 1] == "out"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamedSo(ISymbol member)
    {
        for (var symbol = member; symbol is IMethodSymbol or IPropertySymbol or INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (IsNamed(symbol.Name))
                return true;
            if (symbol is not IMethodSymbol method)
                continue;
            foreach (var parameter in method.Parameters)
            {
                if (IsNamed(parameter.Name))
                    return true;
            }
        }

        return false;
    }
}
