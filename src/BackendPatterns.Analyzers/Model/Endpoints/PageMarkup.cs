using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What the <c>.cshtml</c> file of a page says by <c>@attribute [Authorize]</c>. The Razor SDK gives the compiler these files as additional ones.</summary>
internal sealed class PageMarkup
{
    private const string Imports = "_ViewImports.cshtml";

    private readonly Lazy<Dictionary<string, AdditionalText>> _files;

    public PageMarkup(BackendModel model) => _files = BackendModel.Once(() => FilesOf(model));

    /// <summary>Returns what the markup of a page and the imports above it say; unknown where there is no markup that belongs to the class.</summary>
    public AuthorizationStance StanceOf(INamedTypeSymbol page)
    {
        if (RazorPages.FileOf(page) is not { } code || !code.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)
            || !_files.Value.TryGetValue(Normal(code.Substring(0, code.Length - 3)), out var file) || file.GetText()?.ToString() is not { } text
            || text.IndexOf("@page", StringComparison.Ordinal) < 0 || text.IndexOf(page.Name, StringComparison.Ordinal) < 0)
        {
            return AuthorizationStance.Unknown;
        }

        var stance = Read(text);
        for (var folder = Normal(code); ParentOf(folder) is { } parent; folder = parent)
        {
            if (_files.Value.TryGetValue(parent + "/" + Imports, out var imports) && imports.GetText()?.ToString() is { } shared)
                stance = stance.And(Read(shared));
        }

        return stance;
    }

    private static AuthorizationStance Read(string text)
    {
        var stance = AuthorizationStance.None;
        for (var at = text.IndexOf("@attribute", StringComparison.Ordinal); at >= 0; at = text.IndexOf("@attribute", at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('\n', at);
            var line = text.Substring(at, (end < 0 ? text.Length : end) - at);
            stance = stance.And(
                line.IndexOf("AllowAnonymous", StringComparison.Ordinal) >= 0 ? AuthorizationStance.Anonymous
                : line.IndexOf("Authorize", StringComparison.Ordinal) >= 0 ? AuthorizationStance.Authorized
                : AuthorizationStance.Unknown);
        }

        return stance;
    }

    private static Dictionary<string, AdditionalText> FilesOf(BackendModel model)
    {
        var files = new Dictionary<string, AdditionalText>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in model.Options?.AdditionalFiles ?? ImmutableArray<AdditionalText>.Empty)
        {
            if (file.Path.EndsWith(".cshtml", StringComparison.OrdinalIgnoreCase))
                files[Normal(file.Path)] = file;
        }

        return files;
    }

    private static string? ParentOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? null : path.Substring(0, slash);
    }

    private static string Normal(string path) => path.Replace('\\', '/');
}
