using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>
/// Calls that look like database reads although nobody can see what they do: methods of <c>I*Repository</c>, <c>I*Store</c>, <c>I*Dao</c> and <c>I*Dal</c>
/// whose implementation is in another project, as the layers of an application often have it.
/// </summary>
public sealed class SuspectedReads
{
    public static readonly RuleOption<IReadOnlyList<string>> DataAccessTypes = RuleOption.Names(
        "data_access_types",
        "Names of further types whose methods reach a database, where their code is not visible; one `*` stands for any text.",
        static name => name.IndexOf('.') >= 0 ? $"'{name}' has a dot, and types are listed without their namespaces" : name.Count(c => c == '*') > 1 ? $"'{name}' has more than one '*'" : null);

    private static readonly string[] Endings = ["Repository", "Store", "Dao", "DAO", "Dal", "DAL"];

    // What is kept in the process or in files is named so; what keeps it elsewhere is another rule's.
    private static readonly string[] NoDatabases = ["Cache", "Memory", "File", "Blob", "Session", "Cookie", "Secret", "Plugin"];

    private static readonly string[] Reading = ["Get", "Find", "Load", "Query"];

    private static readonly string[] Writing =
    [
        "Add", "Insert", "Create", "Update", "Delete", "Remove", "Save", "Set", "Upsert", "Put", "Store", "Write", "Append", "Attach", "Commit", "Publish", "Replace", "Mark", "Enqueue",
        "Increment", "Decrement", "Register", "Assign", "Archive", "Restore", "Clear", "Reset", "Merge", "Bulk", "Send", "Lock", "Unlock", "Acquire", "Release", "Try", "Begin", "Execute",
    ];

    private readonly BackendModel _model;
    private readonly ConditionalWeakTable<SyntaxTree, IReadOnlyList<string>> _listed = new();

    private readonly Lazy<bool> _areListed;

    internal SuspectedReads(BackendModel model)
    {
        _model = model;
        _areListed = BackendModel.Once(() => model.Options is { } options && DataAccessTypes.InAll(options).Count > 0);
    }

    /// <summary>Returns the read that a call probably is, or null where it is none, or where its code can be looked into.</summary>
    public RoundTrip? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is not { MethodKind: MethodKind.Ordinary, IsStatic: false } || call.Instance?.Type is not { } receiver || !Reads(method))
            return null;
        if (!IsDataAccess(method.ContainingType, call.Syntax.SyntaxTree) && !IsDataAccess(receiver, call.Syntax.SyntaxTree))
            return null;
        return !_model.Calls.BodiesOf(method).IsEmpty || _model.Calls.Facts.HasLookedAt(method.OriginalDefinition)
            ? null
            : new RoundTrip(RoundTripKind.SuspectedRead, DataLibrary.OwnCode, call, receiver.Name + "." + method.Name);
    }

    /// <summary>Something comes back, now or when awaited, and the name does not say that something is written.</summary>
    private static bool Reads(IMethodSymbol method)
    {
        var type = method.ReturnType;
        if (type.IsTask())
            return type is INamedTypeSymbol { Arity: 1 } && !NameWords.StartsWithAny(method.Name, Writing);
        return type.SpecialType is not SpecialType.System_Void && type.Name is not ("IQueryable" or "IAsyncEnumerable") && NameWords.StartsWithAny(method.Name, Reading);
    }

    private bool IsDataAccess(ITypeSymbol type, SyntaxTree tree) =>
        (type.TypeKind is TypeKind.Interface && IsNamedAsDataAccess(type.Name)) || (type.TypeKind is TypeKind.Interface or TypeKind.Class && IsListed(type.Name, tree));

    internal static bool IsNamedAsDataAccess(string name)
    {
        if (name.Length < 4 || name[0] != 'I' || !char.IsUpper(name[1]))
            return false;
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return !NoDatabases.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
        }

        return false;
    }

    /// <summary>True where further types are listed for all files.</summary>
    internal bool AreListed => _areListed.Value;

    private bool IsListed(string name, SyntaxTree tree)
    {
        if (_model.Options is not { } options)
            return false;
        foreach (var pattern in _listed.GetValue(tree, t => DataAccessTypes.In(options, t)))
        {
            if (Matches(name, pattern))
                return true;
        }

        return false;
    }

    /// <summary>One <c>*</c> at either end, or a whole name.</summary>
    private static bool Matches(string name, string pattern)
    {
        var star = pattern.IndexOf('*');
        return star < 0
            ? name == pattern
            : name.Length >= pattern.Length - 1
              && name.StartsWith(pattern.Substring(0, star), StringComparison.Ordinal) && name.EndsWith(pattern.Substring(star + 1), StringComparison.Ordinal);
    }
}
