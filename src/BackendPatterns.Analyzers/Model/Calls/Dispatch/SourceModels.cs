using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// The compilations whose source a compilation sees: its own and, in editors, those of the projects it references. A tree is only ever bound by the
/// compilation that it belongs to.
/// </summary>
internal sealed class SourceModels
{
    private readonly Dictionary<IAssemblySymbol, BackendModel> _byAssembly = new(SymbolEqualityComparer.Default);

    public SourceModels(BackendModel own)
    {
        Own = own;
        var all = ImmutableArray.CreateBuilder<BackendModel>();
        all.Add(own);
        _byAssembly[own.Compilation.Assembly] = own;
        foreach (var reference in own.Compilation.References)
        {
            if (reference is CompilationReference { Compilation: { Language: LanguageNames.CSharp } compilation } && !_byAssembly.ContainsKey(compilation.Assembly))
            {
                var model = BackendModel.For(compilation);
                _byAssembly[compilation.Assembly] = model;
                all.Add(model);
            }
        }

        All = all.ToImmutable();
    }

    public BackendModel Own { get; }

    /// <summary>The own one first.</summary>
    public ImmutableArray<BackendModel> All { get; }

    /// <summary>Returns the compilation that a method's source belongs to and the method as that one knows it, or null where no source is seen.</summary>
    public BodyInSource? Of(IMethodSymbol method)
    {
        if (method.ContainingAssembly is not { } assembly)
            return null;
        if (_byAssembly.TryGetValue(assembly, out var owner))
            return new BodyInSource(owner, method);
        if (All.Length == 1 || method.DeclaringSyntaxReferences.IsEmpty)
            return null;
        // A project that is compiled against other versions of the libraries is seen through symbols of its own kind ("retargeting").
        foreach (var model in All)
        {
            if (model.Compilation.Assembly.Identity.Name == assembly.Identity.Name && In(model, method) is { } translated)
                return new BodyInSource(model, translated);
        }

        return null;
    }

    private static IMethodSymbol? In(BackendModel model, IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        if (definition.ContainingType.GetDocumentationCommentId() is not { } type || definition.GetDocumentationCommentId() is not { } id)
            return null;
        foreach (var symbol in DocumentationCommentId.GetSymbolsForDeclarationId(type, model.Compilation))
        {
            if (symbol is not INamedTypeSymbol candidate || !SymbolEqualityComparer.Default.Equals(candidate.ContainingAssembly, model.Compilation.Assembly))
                continue;
            foreach (var member in candidate.GetMembers(definition.Name))
            {
                if (member is IMethodSymbol found && found.GetDocumentationCommentId() == id)
                    return found;
            }
        }

        return null;
    }
}

/// <summary>A method whose body can be read.</summary>
/// <param name="Owner">The model of the compilation that the source belongs to.</param>
/// <param name="Method">The method as that compilation knows it.</param>
/// <param name="Request">For a handler, the ordinal of the argument that becomes its first parameter; else -1.</param>
internal sealed record BodyInSource(BackendModel Owner, IMethodSymbol Method, int Request = -1)
{
    /// <summary>Returns what the method knows of what its caller says: a handler has other parameters than the method that dispatches to it.</summary>
    public Switches Receives(Switches known) => Request >= 0 ? default : known;
}
