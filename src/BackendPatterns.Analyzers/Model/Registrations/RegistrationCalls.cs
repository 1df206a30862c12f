using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>Which calls are worth binding, by what is written: binding every statement of a start-up file would be the greater part of the cost.</summary>
internal static class RegistrationCalls
{
    private const int MostLinks = 64;

    private static readonly string[] Prefixes = ["Add", "TryAdd", "Configure", "PostConfigure", "Register", "Replace", "Install"];

    /// <summary>How services, builders and options are called where they are composed.</summary>
    private static readonly HashSet<string> CarrierNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "services", "serviceCollection", "collection", "builder", "webBuilder", "hostBuilder", "webHostBuilder", "host", "webHost", "options", "opt", "opts", "o", "config", "container",
    };

    /// <summary>False for a call that cannot register a name: its name does not speak of it, and no services, builder or options take part.</summary>
    public static bool MayRegister(InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => "",
        };
        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return IsOnCarrier(call) || call.ArgumentList.Arguments.Any(static argument => IsCarrier(argument.Expression));
    }

    private static bool IsOnCarrier(InvocationExpressionSyntax call)
    {
        ExpressionSyntax current = call;
        for (var links = 0; links < MostLinks; links++)
        {
            switch (current)
            {
                case InvocationExpressionSyntax { Expression: var called }:
                    current = called;
                    break;
                case MemberAccessExpressionSyntax { Expression: var receiver }:
                    if (IsCarrier(receiver) || receiver is IdentifierNameSyntax { Identifier.ValueText: "Host" or "WebHost" or "WebApplication" })
                        return true;
                    current = receiver;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsCarrier(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => CarrierNames.Contains(identifier.Identifier.ValueText),
        MemberAccessExpressionSyntax member => CarrierNames.Contains(member.Name.Identifier.ValueText),
        _ => false,
    };
}
