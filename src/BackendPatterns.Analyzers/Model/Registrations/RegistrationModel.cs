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
    private static readonly TreeWords HostHints = new("WebApplication.Create", "CreateDefaultBuilder", "WebHostBuilder", "ConfigureWebHost", "HostApplicationBuilder(");

    // All that registers a limiter is named after it: AddRateLimiter, RateLimiterOptions, AddFixedWindowLimiter.
    private static readonly TreeWords LimiterHints = new("Limiter");

    private readonly BackendModel _model;
    private readonly Lazy<bool> _isHost;
    private readonly Lazy<bool> _mentionsLimiter;
    private readonly object _gate = new();
    private readonly Lazy<ImmutableArray<RegisteredNames>> _all;
    private RegistrationReader? _own;

    internal RegistrationModel(BackendModel model)
    {
        _model = model;
        _isHost = BackendModel.Once(() => IsComposedIn(model.Compilation));
        _mentionsLimiter = BackendModel.Once(() => model.Compilation.SyntaxTrees.Any(static tree => LimiterHints.AnyIn(tree, CancellationToken.None)));
        _all = BackendModel.Once(Combine);
        Lifetimes = new ServiceLifetimes(model);
    }

    /// <summary>Which services live as long as the application.</summary>
    public ServiceLifetimes Lifetimes { get; }

    /// <summary>Returns the names of one kind.</summary>
    public RegisteredNames Of(NameKind kind) => _all.Value[(int)kind];

    /// <summary>True where this compilation builds the application and registers something of the kind: a name, or the services behind it.</summary>
    public bool Register(NameKind kind) => _isHost.Value && (kind is not NameKind.RateLimiterPolicy || _mentionsLimiter.Value) && (Own.Registered & kind.AsSet()) != 0;

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
        // Nobody knows all names of a library, so nothing of it has to be read.
        if (!_isHost.Value)
            return Kinds.Select(static kind => new RegisteredNames(kind, ImmutableSortedSet.Create<string>(kind.Comparer()), IsComplete: false)).ToImmutableArray();
        var readers = new List<RegistrationReader> { Own };
        var unknown = _model.Compilation.ReferencedAssemblyNames.Any(BringsProvider) ? NameKinds.AuthorizationPolicy : NameKinds.None;
        foreach (var reference in _model.Compilation.References)
        {
            if (reference is CompilationReference { Compilation: { } project })
                readers.Add(BackendModel.For(project).Registrations.Own);
        }

        foreach (var reader in readers)
            unknown |= reader.Unknown;
        var all = ImmutableArray.CreateBuilder<RegisteredNames>();
        foreach (var kind in Kinds)
        {
            var names = readers.SelectMany(reader => reader.NamesOf(kind));
            if (kind is NameKind.AuthenticationScheme)
                names = names.Append(FrameworkRegistrations.WindowsScheme);
            // Where nothing is registered here, another project does it that is not visible.
            var isComplete = (unknown & kind.AsSet()) == 0 && Register(kind);
            all.Add(new RegisteredNames(kind, names.ToImmutableSortedSet(kind.Comparer()), isComplete));
        }

        return all.ToImmutable();
    }

    private static IEnumerable<NameKind> Kinds => Enum.GetValues(typeof(NameKind)).Cast<NameKind>();

    private static bool IsComposedIn(Compilation compilation) =>
        compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication
        || compilation.SyntaxTrees.Any(static tree => HostHints.AnyIn(tree, CancellationToken.None));

    // ABP answers for policies through a provider of its own that its modules register.
    private static bool BringsProvider(AssemblyIdentity assembly) => assembly.Name.StartsWith("Volo.Abp.Authorization", StringComparison.Ordinal);
}
