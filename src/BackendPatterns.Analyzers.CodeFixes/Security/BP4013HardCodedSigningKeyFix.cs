using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Tokens;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>
/// Fix of BP4013: the key comes from configuration, and the application does not start without one. Offered where the configuration is at
/// hand.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4013HardCodedSigningKeyFix() : RuleFix(BP4013HardCodedSigningKeyAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not BaseObjectCreationExpressionSyntax
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IObjectCreationOperation { Arguments: [{ Value: var bytes }] }
            || KeyMaterial.Of(bytes, BackendModel.For(semantics.Compilation), cancellationToken) is not { InMember.Syntax: ExpressionSyntax constant } material
            || semantics.Compilation.FindType("Microsoft.Extensions.Configuration.IConfiguration") is not { } type
            || ValuesInScope.Find(constant, semantics, type, "Configuration") is not { } configuration)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var setting = SettingOf(material.InMember);
        var text = $"""{configuration}["{setting}"] ?? throw new System.InvalidOperationException("{setting} is not configured.")""";
        if (material.InMember.Type?.SpecialType is not SpecialType.System_String)
            text = $"System.Text.Encoding.UTF8.GetBytes({text})";
        else if (constant.Parent is not (ArgumentSyntax or EqualsValueClauseSyntax))
            text = $"({text})";
        var value = SyntaxFactory.ParseExpression(text).WithTriviaFrom(constant);
        value = value.ReplaceNodes(
            value.DescendantNodesAndSelf().Where(static part => part is QualifiedNameSyntax or MemberAccessExpressionSyntax),
            static (_, part) => part.WithAdditionalAnnotations(Simplifier.Annotation));
        var changed = document.WithSyntaxRoot((await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false)).ReplaceNode(constant, value));
        return await IfItCompilesAsync(document, node, changed, $"Read the key from the setting '{setting}'", nameof(BP4013HardCodedSigningKeyFix), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The name of the constant tells two keys apart; a literal has none.</summary>
    private static string SettingOf(IOperation constant)
    {
        var name = constant.ReferencedSymbol()?.Name
            ?? (constant.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Name: var local } } ? local : "SigningKey");
        var words = NameWords.Of(name).Where(static word => word is not ("jwt" or "token" or "bytes")).Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1));
        return "Jwt:" + string.Concat(words.DefaultIfEmpty("SigningKey"));
    }
}
