using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The methods of a project of which there may be something to say, and the types that have such, by names alone. The members of all other types, most of them, are never made.
/// </summary>
internal sealed class FactCandidates
{
    private readonly BackendModel _model;
    private readonly OpenCalls _openCalls;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _withMembers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withBases = new(StringComparer.Ordinal);

    public FactCandidates(BackendModel model, OpenCalls openCalls, CancellationToken cancellation)
    {
        _model = model;
        _openCalls = openCalls;
        _cancellation = cancellation;
        foreach (var tree in model.Compilation.SyntaxTrees)
            Add(TreeIndex.Of(tree, cancellation));
    }

    /// <summary>False for a type that has no such method, declares none and inherits none.</summary>
    public bool MayExport(INamedTypeSymbol type) => _withMembers.Contains(type.Name) || _withBases.Contains(type.Name);

    /// <summary>Returns the members of a type of the project where one of them may matter; else none.</summary>
    public ImmutableArray<ISymbol> MembersOf(INamedTypeSymbol type) => _withMembers.Contains(type.Name) ? type.GetMembers() : ImmutableArray<ISymbol>.Empty;

    /// <summary>False for a method of which, by its name, there is nothing to say.</summary>
    public bool MayMatter(IMethodSymbol method) => _model.Calls.MayReach(method, NameTraits.Leaves, _cancellation) || _openCalls.MayLead(method, _cancellation);

    /// <summary>False for a method of which, by its own text, there is nothing to say.</summary>
    public bool MayMatterItself(IMethodSymbol method)
    {
        var body = new BodyInSource(_model, method);
        return _model.Calls.MayReach(body, NameTraits.Leaves, _cancellation) || _openCalls.MayLead(body, _cancellation);
    }

    private void Add(TreeIndex index)
    {
        foreach (var type in index.Types)
        {
            if (!type.DirectBases.IsEmpty)
                _withBases.Add(index.Names[type.Name]);
        }

        foreach (var member in index.Members)
        {
            if (member.Type >= 0 && index.Names[index.Types[member.Type].Name] is var type && !_withMembers.Contains(type) && MayMatter(index.Names[member.Name]))
                _withMembers.Add(type);
        }
    }

    private bool MayMatter(string name) => (_model.Calls.Names.KindsBehind(name, _cancellation) & NameTraits.Leaves) != 0 || _openCalls.MayLead(name, _cancellation);
}
