using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Authorization that code does itself: it looks at the caller, asks the authorization service, compares a signature, or answers 401 or 403.
/// Members of the same type and its bases are followed; of everything else the name decides.
/// </summary>
public sealed class SourceChecks
{
    private const int MaximumFollowed = 32;

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal SourceChecks(BackendModel model, AspNetCore aspNetCore)
    {
        _model = model;
        _aspNetCore = aspNetCore;
    }

    /// <summary>True where the body of a method may authorize its caller, and where it cannot be read.</summary>
    public bool MayAuthorize(IMethodSymbol method) => _known.TryGetValue(method, out var known) ? known : _known.GetOrAdd(method, Search(method, null));

    /// <summary>True where a lambda may authorize its caller.</summary>
    public bool MayAuthorize(IAnonymousFunctionOperation lambda) => Search(lambda.Symbol, lambda);

    private bool Search(IMethodSymbol start, IOperation? body)
    {
        var home = start.ContainingType;
        var visited = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { start };
        var pending = new Stack<IOperation>();
        if (body is not null)
            pending.Push(body);
        else if (!AddBodies(start, pending))
            return true;
        while (pending.Count > 0)
        {
            foreach (var operation in pending.Pop().DescendantsAndSelf())
            {
                if (Checks(operation))
                    return true;
                var member = operation switch
                {
                    IInvocationOperation call => call.TargetMethod.OriginalDefinition,
                    IPropertyReferenceOperation property => property.Property.OriginalDefinition.GetMethod,
                    _ => null,
                };
                if (member is null || !IsOwn(member, home) || !visited.Add(member))
                    continue;
                if (visited.Count > MaximumFollowed || !AddBodies(member, pending))
                    return true;
            }
        }

        return false;
    }

    private bool AddBodies(IMethodSymbol method, Stack<IOperation> pending)
    {
        if (method.IsAbstract)
            return false;
        var found = false;
        foreach (var reference in method.PartialImplementationPart?.DeclaringSyntaxReferences ?? method.DeclaringSyntaxReferences)
        {
            if (_model.SemanticModelOf(reference.SyntaxTree)?.GetOperation(reference.GetSyntax()) is not { } body)
                continue;
            pending.Push(body);
            found = true;
        }

        // An automatic property has no body to read, and nothing in it.
        return found || (method.AssociatedSymbol is IPropertySymbol { DeclaringSyntaxReferences.IsEmpty: false });
    }

    private static bool IsOwn(IMethodSymbol member, INamedTypeSymbol? home)
    {
        if (member.MethodKind is MethodKind.LocalFunction || AuthorizationAttributes.IsFramework(member))
            return false;
        for (var type = home; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType?.OriginalDefinition))
                return true;
        }

        return false;
    }

    private bool Checks(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsCheck(call),
        IPropertyReferenceOperation property => IsIdentity(property.Type) || IsCheckName(property.Property) || IsHeaderCheck(property),
        IFieldReferenceOperation field => field.Field.ContainingType?.TypeKind is not TypeKind.Enum && (IsIdentity(field.Type) || NamesCheck(field.Type)),
        IParameterReferenceOperation parameter => IsIdentity(parameter.Type) || NamesCheck(parameter.Type),
        ILiteralOperation { ConstantValue.Value: string text } => text.Length is > 3 and < 40 && text.IndexOf(' ') < 0 && IsHeaderName(text),
        _ => false,
    };

    private bool IsCheck(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsFrameworkDenial(call) || IsCheckName(method) || NamesCheck(method.ContainingType))
            return true;
        foreach (var argument in call.Arguments)
        {
            // Code of this application that is handed the whole request can find out who calls.
            if (!AuthorizationAttributes.IsFramework(method)
                && argument.Value.Unwrap().Type is { } type && (type.IsOrDerivesFrom(_aspNetCore.HttpContext) || type.IsOrDerivesFrom(_aspNetCore.HttpRequest)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFrameworkDenial(IInvocationOperation call)
    {
        if (!AuthorizationAttributes.IsFramework(call.TargetMethod))
            return false;
        if (call.TargetMethod.Name is "Unauthorized" or "Forbid" or "Challenge" or "SignIn" or "SignOut" or "ChallengeAsync" or "ForbidAsync" or "SignInAsync" or "SignOutAsync"
            or "AuthenticateAsync" or "FixedTimeEquals")
        {
            return true;
        }

        return call.TargetMethod.Name is "StatusCode" or "Problem"
            && call.Arguments.Any(static argument => argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: 401 or 403 });
    }

    private static bool IsCheckName(ISymbol member)
    {
        if (!AuthorizationAttributes.IsFramework(member))
            return AuthorizationWords.OfChecks.AreIn(member.Name);
        // Proof of a password, code or session instead of a ticket.
        return member.ContainingType?.Name switch
        {
            "SignInManager" => true,
            "UserManager" => member.Name is "CheckPasswordAsync" or "ResetPasswordAsync" or "ConfirmEmailAsync" or "ChangePasswordAsync"
                || member.Name.StartsWith("Verify", StringComparison.Ordinal) || member.Name.StartsWith("Generate", StringComparison.Ordinal),
            "HttpContext" => member.Name is "Session",
            "IHeaderDictionary" => member.Name is "Authorization",
            _ => false,
        };
    }

    private bool IsIdentity(ITypeSymbol? type) =>
        type is { Name: "ClaimsPrincipal" or "ClaimsIdentity" or "IPrincipal" or "IIdentity" } && (type.IsIn("System.Security.Claims") || type.IsIn("System.Security.Principal"))
        || type.IsOrImplements(_aspNetCore.AuthorizationService);

    private static bool NamesCheck(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface or TypeKind.Class or TypeKind.Struct } named
        && (AuthorizationAttributes.IsFramework(named)
            ? named.Name is "SignInManager" || (named.Name.StartsWith("HMAC", StringComparison.Ordinal) && named.IsIn("System.Security.Cryptography"))
            : AuthorizationWords.OfChecks.AreIn(named.Name));

    private static bool IsHeaderCheck(IPropertyReferenceOperation property) =>
        property.Property.IsIndexer && property.Arguments.Any(static argument => argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: string name } && IsHeaderName(name));

    private static bool IsHeaderName(string name) =>
        NameWords.Of(name) is var words
        && (words.Contains("signature") || words.Contains("authorization") || words.Contains("apikey") || words.Contains("hmac")
            || (words.Contains("api") && words.Contains("key")) || (words.Contains("x") && (words.Contains("secret") || words.Contains("token"))));
}
