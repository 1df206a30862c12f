using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>
/// What the whole application registers by name: policies and authentication schemes. Read when the first name is looked up, from the source of this
/// compilation and of the projects that come with theirs.
/// </summary>
public sealed class RegistrationModel
{
    private readonly BackendModel _model;
    private readonly object _gate = new();
    private readonly Lazy<ImmutableArray<RegisteredNames>> _all;
    private RegistrationReader? _own;

    internal RegistrationModel(BackendModel model)
    {
        _model = model;
        _all = BackendModel.Once(Combine);
    }

    /// <summary>Returns the names of one kind.</summary>
    public RegisteredNames Of(NameKind kind) => _all.Value[(int)kind];

    /// <summary>True where this compilation registers something of the kind: a name, or the services behind it.</summary>
    public bool Register(NameKind kind) => (Own.Registered & kind.AsSet()) != 0;

    /// <summary>True where this compilation answers for the names of the kind itself, by a provider of its own.</summary>
    public bool ReplaceProvider(NameKind kind) => (Own.Replaced & kind.AsSet()) != 0;

    /// <summary>What this compilation registers. Many names are looked up at once when an analysis begins: one thread reads, the others wait.</summary>
    private RegistrationReader Own
    {
        get
        {
            if (Volatile.Read(ref _own) is { } known)
                return known;
            lock (_gate)
                return _own ??= RegistrationReader.Read(_model);
        }
    }

    private ImmutableArray<RegisteredNames> Combine()
    {
        var own = Own;
        var readers = new List<RegistrationReader> { own };
        var unknown = _model.Compilation.ReferencedAssemblyNames.Any(BringsProvider) ? NameKinds.AuthorizationPolicy : NameKinds.None;
        foreach (var reference in _model.Compilation.References)
        {
            if (reference is CompilationReference { Compilation: { } project })
                readers.Add(BackendModel.For(project).Registrations.Own);
        }

        foreach (var reader in readers)
            unknown |= reader.Unknown;
        var all = ImmutableArray.CreateBuilder<RegisteredNames>();
        foreach (NameKind kind in Enum.GetValues(typeof(NameKind)))
        {
            var names = readers.SelectMany(reader => reader.NamesOf(kind));
            if (kind is NameKind.AuthenticationScheme)
                names = names.Append(FrameworkRegistrations.WindowsScheme);
            // Where nothing is registered here, another project does it that is not visible.
            var isComplete = own.IsHost && (unknown & kind.AsSet()) == 0 && Register(kind);
            all.Add(new RegisteredNames(kind, names.ToImmutableSortedSet(kind.Comparer()), isComplete));
        }

        return all.ToImmutable();
    }

    // ABP answers for policies through a provider of its own that its modules register.
    private static bool BringsProvider(AssemblyIdentity assembly) => assembly.Name.StartsWith("Volo.Abp.Authorization", StringComparison.Ordinal);
}
