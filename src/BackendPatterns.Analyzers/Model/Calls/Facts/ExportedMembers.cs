using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// The methods of one compilation that other projects can reach, by the name under which those call them: methods that are visible themselves, and the visible
/// interface members and virtual methods, of this project or another one, that a method of this one implements. From declarations alone: no body is looked at.
/// </summary>
internal sealed class ExportedMembers
{
    /// <summary>With more implementations than these, nothing is known about what a call runs.</summary>
    private const int MostImplementations = 5;

    private static readonly HashSet<string> EntryPoints = new(StringComparer.Ordinal) { "ControllerBase", "PageModel", "Hub", "ViewComponent", "TagHelper", "ComponentBase" };

    private readonly Dictionary<string, Dictionary<string, Member>> _members = new(StringComparer.Ordinal);
    private readonly Visibility _visibility;

    public ExportedMembers(Compilation compilation)
    {
        _visibility = new Visibility(compilation.Assembly);
        // Nothing is built upon an executable but its tests.
        if (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication)
            return;
        foreach (var type in TypesOf(compilation.Assembly.GlobalNamespace))
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface)
                Add(type);
        }
    }

    /// <summary>The documentation ids under which methods are reached.</summary>
    public IReadOnlyCollection<string> Ids => _members.Keys;

    /// <summary>Returns what stands behind a documentation id, the name for any type arguments first.</summary>
    public IEnumerable<Member> Of(string id) =>
        _members.TryGetValue(id, out var named)
            ? named.Values.Where(static member => member.Implementations.Count <= MostImplementations).OrderBy(static member => member.Name.TypeArguments, StringComparer.Ordinal)
            : [];

    private void Add(INamedTypeSymbol type)
    {
        var isEntryPoint = IsEntryPoint(type);
        foreach (var symbol in type.GetMembers())
        {
            if (symbol is not IMethodSymbol { IsAbstract: false, IsImplicitlyDeclared: false } method)
                continue;
            if (!isEntryPoint && _visibility.ReachesOutside(method) && MemberName.IdOf(method) is { } id)
                Add(new MemberName(id, ""), method);
            for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                AddImplemented(overridden, method);
        }

        if (type.TypeKind is TypeKind.Interface)
            return;
        foreach (var contract in type.AllInterfaces)
        {
            if (FrameworkAssemblies.Contain(contract.ContainingAssembly) || !_visibility.ReachesOutside(contract))
                continue;
            foreach (var symbol in contract.GetMembers())
            {
                if (symbol is IMethodSymbol { IsStatic: false } member && type.FindImplementationForInterfaceMember(member) is IMethodSymbol { IsAbstract: false } implementation
                    && !SymbolEqualityComparer.Default.Equals(implementation, member))
                {
                    AddImplemented(member, implementation);
                }
            }
        }
    }

    private void AddImplemented(IMethodSymbol member, IMethodSymbol implementation)
    {
        if (!FrameworkAssemblies.Contain(member.ContainingAssembly) && _visibility.ReachesOutside(member) && MemberName.OfImplemented(member) is { } name)
            Add(name, implementation);
    }

    private void Add(MemberName name, IMethodSymbol implementation)
    {
        if (!_members.TryGetValue(name.Id, out var named))
            _members.Add(name.Id, named = new Dictionary<string, Member>(StringComparer.Ordinal));
        if (!named.TryGetValue(name.TypeArguments, out var member))
            named.Add(name.TypeArguments, member = new Member(name, new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default)));
        member.Implementations.Add(implementation.OriginalDefinition);
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

    /// <summary>All types of the assembly with those nested in them. Deep nesting is input like any other: no recursion.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol root)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is INamedTypeSymbol type)
                yield return type;
            foreach (var member in current.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                    pending.Push(inner);
            }
        }
    }

    /// <summary>One name with the methods that a call of it may run, as far as this project knows.</summary>
    public sealed record Member(MemberName Name, HashSet<IMethodSymbol> Implementations);
}
