using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Hosting;

/// <summary>
/// What the application says about exceptions out of background services: <c>HostOptions.BackgroundServiceExceptionBehavior</c>, by default <c>StopHost</c> since .NET 6
/// (https://learn.microsoft.com/dotnet/core/compatibility/core-libraries/6.0/hosting-exception-handling).
/// </summary>
internal static class HostFailureBehavior
{
    private const string Property = "BackgroundServiceExceptionBehavior";
    private const string Options = "HostOptions";

    private static readonly TreeWords Words = new(Property, Options);

    /// <summary>True where the option is set to anything but <c>StopHost</c>, or bound to configuration, in this project or in one whose source is known.</summary>
    public static bool MayBeIgnored(BackendModel model)
    {
        foreach (var tree in TreesOf(model.Compilation))
        {
            if (!Words.AnyIn(tree, CancellationToken.None))
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is SimpleNameSyntax name && (SetsOtherBehavior(name) || BindsOptions(name)))
                    return true;
            }
        }

        return false;
    }

    private static IEnumerable<SyntaxTree> TreesOf(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
            yield return tree;
        foreach (var reference in compilation.References)
        {
            if (reference is not CompilationReference { Compilation: var referenced })
                continue;
            foreach (var tree in referenced.SyntaxTrees)
                yield return tree;
        }
    }

    /// <summary><c>options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore</c>, also in an object initializer.</summary>
    private static bool SetsOtherBehavior(SimpleNameSyntax name)
    {
        if (name.Identifier.ValueText is not Property)
            return false;
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return target.Parent is AssignmentExpressionSyntax assignment && assignment.Left == target
            && !assignment.Right.ToString().EndsWith(".StopHost", StringComparison.Ordinal);
    }

    /// <summary><c>services.Configure&lt;HostOptions&gt;(configuration.GetSection("Host"))</c>: what is not written as a lambda is read elsewhere.</summary>
    private static bool BindsOptions(SimpleNameSyntax name)
    {
        if (name is not GenericNameSyntax { TypeArgumentList.Arguments: [var type] } generic || LastNameOf(type) is not Options)
            return false;
        if (generic.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call })
            return false;
        return generic.Identifier.ValueText switch
        {
            "Configure" or "PostConfigure" => call.ArgumentList.Arguments.LastOrDefault()?.Expression is not AnonymousFunctionExpressionSyntax,
            "ConfigureOptions" => true,
            "AddOptions" => call.FirstAncestorOrSelf<StatementSyntax>()?.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText.StartsWith("Bind", StringComparison.Ordinal)) == true,
            _ => false,
        };
    }

    private static string? LastNameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        _ => null,
    };
}
