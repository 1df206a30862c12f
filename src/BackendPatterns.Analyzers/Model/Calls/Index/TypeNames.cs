using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>A declaration of a type, found by names and not yet bound.</summary>
/// <param name="Owner">The compilation that it belongs to.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Position">Where its identifier starts.</param>
internal sealed record DeclaredType(BackendModel Owner, string Name, SyntaxTree Tree, int Position)
{
    /// <summary>Returns the type; null in half-typed code.</summary>
    public INamedTypeSymbol? Bind(CancellationToken cancellation) =>
        Tree.GetRoot(cancellation).FindToken(Position).Parent is TypeDeclarationSyntax declaration
            ? Owner.SemanticModelOf(Tree)?.GetDeclaredSymbol(declaration, cancellation) as INamedTypeSymbol
            : null;
}

/// <summary>The types of one compilation by the names in their base lists.</summary>
internal sealed class TypeNames
{
    private readonly Dictionary<string, List<DeclaredType>> _below = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DeclaredType>> _handlersOf = new(StringComparer.Ordinal);

    private TypeNames()
    {
    }

    public static TypeNames In(BackendModel model, CancellationToken cancellation)
    {
        var types = new TypeNames();
        foreach (var tree in model.Trees)
        {
            var index = TreeIndex.Of(tree, cancellation);
            foreach (var type in index.Types)
            {
                if (type.DirectBases.IsEmpty)
                    continue;
                var declared = new DeclaredType(model, index.Names[type.Name], tree, type.Position);
                var isHandler = false;
                for (var i = type.DirectBases.Start; i < type.DirectBases.End; i++)
                {
                    Add(types._below, index.Names[index.Mentions[i]], declared);
                    isHandler |= (index.Traits[index.Mentions[i]] & DataAccess.NameTraits.Handler) != 0;
                }

                for (var i = type.Bases.Start; isHandler && i < type.Bases.End; i++)
                    Add(types._handlersOf, index.Names[index.Mentions[i]], declared);
            }
        }

        return types;
    }

    /// <summary>Returns the types that have a base type or interface of this name.</summary>
    public IReadOnlyList<DeclaredType> Below(string name) => _below.TryGetValue(name, out var types) ? types : [];

    /// <summary>Returns the types with a base named like a handler and this name in their base list.</summary>
    public IReadOnlyList<DeclaredType> HandlersOf(string name) => _handlersOf.TryGetValue(name, out var types) ? types : [];

    private static void Add(Dictionary<string, List<DeclaredType>> types, string name, DeclaredType type)
    {
        if (!types.TryGetValue(name, out var list))
            types.Add(name, list = []);
        list.Add(type);
    }
}
