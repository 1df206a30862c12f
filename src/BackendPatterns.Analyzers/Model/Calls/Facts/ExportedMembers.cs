using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The methods of one compilation that other projects can reach, by the name under which those call them: methods that are visible themselves, and the visible
/// interface members and virtual methods, of this project or another one, that a method of this one implements. From declarations alone: no body is looked at.
/// </summary>
internal sealed class ExportedMembers
{
    private static readonly HashSet<string> EntryPoints = new(StringComparer.Ordinal) { "ControllerBase", "PageModel", "Hub", "ViewComponent", "TagHelper", "ComponentBase" };

    private readonly Dictionary<string, Dictionary<string, ExportedMember>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<INamedTypeSymbol, bool> _isOfInterest = new(SymbolEqualityComparer.Default);
    private readonly FactCandidates _candidates;
    private readonly Visibility _visibility;

    /// <param name="compilation">The project.</param>
    /// <param name="candidates">The methods of which there may be something to say.</param>
    /// <param name="cancellation">Stops the search.</param>
    public ExportedMembers(Compilation compilation, FactCandidates candidates, CancellationToken cancellation)
    {
        _candidates = candidates;
        _visibility = new Visibility(compilation.Assembly);
        foreach (var type in compilation.Assembly.GlobalNamespace.Types())
        {
            cancellation.ThrowIfCancellationRequested();
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface && candidates.MayExport(type))
                Add(type);
        }
    }

    /// <summary>The members, those with the same documentation id together: the one for any type arguments first.</summary>
    public IEnumerable<IEnumerable<ExportedMember>> ById => _members.Values.Select(static named =>
        named.Values.Select(static member => member.WithoutDecorated()).Where(static member => member.Implementations.Length <= Dispatch.MostBodies)
            .OrderBy(static member => member.Name.TypeArguments, StringComparer.Ordinal));

    private void Add(INamedTypeSymbol type)
    {
        var isEntryPoint = default(bool?);
        foreach (var symbol in _candidates.MembersOf(type))
        {
            if (symbol is not IMethodSymbol { IsAbstract: false, IsImplicitlyDeclared: false } method || !_candidates.MayMatter(method))
                continue;
            // What nothing can replace is itself all that its name stands for.
            if (!Callee.MayBeReplaced(method) && !method.IsOverride && !_candidates.MayMatterItself(method))
                continue;
            if (_visibility.ReachesOutside(method) && !(isEntryPoint ??= IsEntryPoint(type)) && MemberName.IdOf(method) is { } id)
                Add(new MemberName(id, ""), method, method);
            for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                AddImplemented(overridden, method);
        }

        if (type.TypeKind is not TypeKind.Interface && IsOfInterest(type))
            AddImplementations(type);
    }

    private void AddImplementations(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (FrameworkAssemblies.Contain(contract.ContainingAssembly) || !_visibility.ReachesOutside(contract))
                continue;
            foreach (var symbol in contract.GetMembers())
            {
                if (symbol is IMethodSymbol { IsStatic: false } member && _candidates.MayMatter(member)
                    && type.FindImplementationForInterfaceMember(member) is IMethodSymbol { IsAbstract: false } implementation
                    && !SymbolEqualityComparer.Default.Equals(implementation, member))
                {
                    AddImplemented(member, implementation);
                }
            }
        }
    }

    /// <summary>False for the many types whose methods, the inherited ones too, have nothing to say.</summary>
    private bool IsOfInterest(INamedTypeSymbol type)
    {
        var asked = new List<INamedTypeSymbol>();
        var isOfInterest = false;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType?.OriginalDefinition)
        {
            if (_isOfInterest.TryGetValue(current, out isOfInterest))
                break;
            asked.Add(current);
            isOfInterest = SymbolEqualityComparer.Default.Equals(current.ContainingAssembly, type.ContainingAssembly)
                ? _candidates.MembersOf(current).Any(symbol => symbol is IMethodSymbol method && _candidates.MayMatter(method))
                : !FrameworkAssemblies.Contain(current.ContainingAssembly);
            if (isOfInterest)
                break;
        }

        foreach (var one in asked)
            _isOfInterest[one] = isOfInterest;
        return isOfInterest;
    }

    private void AddImplemented(IMethodSymbol member, IMethodSymbol implementation)
    {
        if (!FrameworkAssemblies.Contain(member.ContainingAssembly) && _visibility.ReachesOutside(member) && MemberName.OfImplemented(member) is { } name)
            Add(name, member, implementation);
    }

    private void Add(MemberName name, IMethodSymbol declaration, IMethodSymbol implementation)
    {
        if (!_members.TryGetValue(name.Id, out var named))
            _members.Add(name.Id, named = new Dictionary<string, ExportedMember>(StringComparer.Ordinal));
        implementation = implementation.OriginalDefinition;
        if (!named.TryGetValue(name.TypeArguments, out var member))
            named.Add(name.TypeArguments, new ExportedMember(name, declaration, ImmutableArray.Create(implementation)));
        else if (!member.Implementations.Contains(implementation, SymbolEqualityComparer.Default))
            named[name.TypeArguments] = member with { Implementations = member.Implementations.Add(implementation) };
    }

    /// <summary>The framework calls a controller, a page or a hub; other code does not.</summary>
    private static bool IsEntryPoint(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (EntryPoints.Contains(current.Name) && current.ContainingNamespace.IsBelow("Microsoft.AspNetCore"))
                return true;
        }

        return false;
    }
}

/// <summary>One name with the methods that a call of it may run, as far as a project knows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Declaration">The method that the name is of.</param>
/// <param name="Implementations">Definitions.</param>
internal sealed record ExportedMember(MemberName Name, IMethodSymbol Declaration, ImmutableArray<IMethodSymbol> Implementations)
{
    /// <summary>The same with only those that callers get, where one implementation stands in front of the others.</summary>
    public ExportedMember WithoutDecorated() => this with { Implementations = Dispatch.WithoutDecorated(Implementations, Declaration.ContainingType, static () => null) };

    /// <summary>Returns the short name of an implementation, or null where it is the method itself.</summary>
    public string? NameOf(IMethodSymbol implementation) =>
        SymbolEqualityComparer.Default.Equals(implementation, Declaration.OriginalDefinition) ? null : ShortNames.Of(implementation, caller: null);
}
