using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Which operations leave the process, and the queries behind them.</summary>
public sealed class DataAccessModel
{
    private readonly BackendModel _model;
    private readonly RoundTripMethods _methods;
    private readonly QuerySources _sources;
    private readonly PagingMethods _paging;

    internal DataAccessModel(BackendModel model)
    {
        _model = model;
        _methods = new RoundTripMethods(model.Libraries);
        _sources = new QuerySources(model);
        _paging = new PagingMethods(model);
        SqlWrappers = new SqlWrappers(model);
    }

    /// <summary>Methods of the application that send SQL text on.</summary>
    public SqlWrappers SqlWrappers { get; }

    private KnownLibraries Libraries => _model.Libraries;

    /// <summary>
    /// Returns the round trip that an operation itself makes (a call, or a <c>foreach</c> over a query), or null where it makes none
    /// or nothing is known. What happens inside the body of a called method is the question of <c>Model/Calls</c>.
    /// </summary>
    public RoundTrip? Classify(IOperation operation) => operation switch
    {
        IInvocationOperation call => ClassifyCall(call),
        IForEachLoopOperation loop => ClassifyEnumeration(loop),
        _ => null,
    };

    /// <summary>Returns the round trip that calling a method group makes, whatever it is called with, or null.</summary>
    public RoundTrip? Classify(IMethodReferenceOperation group) =>
        _methods.RoleOf(group.Method) is { IfReceiverIsEntityQuery: false } role
            ? new RoundTrip(role.Kind, role.Library, group, group.Method.ContainingType.Name + "." + group.Method.Name)
            : null;

    /// <summary>Returns the query that an expression of a sequence type is, or null where it is no sequence.</summary>
    public QueryChain? QueryOf(IOperation expression) => QueryChain.Of(expression, _sources);

    /// <summary>
    /// Returns the query that one of these terminal operators is called on, or that a loop enumerates, by its type alone; null for any other operation. Cheap: whether EF Core
    /// executes it, <see cref="ReadBy"/> says.
    /// </summary>
    public IOperation? QueryEndedBy(IOperation operation, HashSet<string> terminals)
    {
        var source = operation switch
        {
            IInvocationOperation call when terminals.Contains(call.TargetMethod.Name) => call.Receiver(),
            IForEachLoopOperation loop => loop.Collection,
            _ => null,
        };
        return source?.Unwrap().Type is { } type && (Libraries.Linq.IsQueryable(type) || type.Name is "IAsyncEnumerable") ? source : null;
    }

    /// <summary>Returns the query that an operation reads through EF Core, or null where it reads none or its provider is not known.</summary>
    public QueryChain? ReadBy(IOperation operation) =>
        Classify(operation) is { Kind: RoundTripKind.DatabaseRead, Library: DataLibrary.EntityFrameworkCore, Query: { Provider: QueryProvider.EntityFrameworkCore } query } ? query : null;

    /// <summary>Returns the parameter of a method in source whose rows it skips in the order in which they come, or null where it skips none or orders them itself.</summary>
    public IParameterSymbol? PagedParameterOf(IMethodSymbol method) => _paging.SkippedParameterOf(method);

    private RoundTrip? ClassifyCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return ClassifyCompiledQuery(call);
        if (_methods.RoleOf(method) is not { } role)
            return null;
        if (role.Library is DataLibrary.Redis && call.Instance?.Type is { Name: "IBatch" or "ITransaction" })
            return null;
        var query = role.Library is DataLibrary.EntityFrameworkCore && method.IsExtensionMethod && call.Receiver() is { } receiver ? QueryOf(receiver) : null;
        if (role.IfReceiverIsEntityQuery && query?.Provider is not QueryProvider.EntityFrameworkCore)
            return null;
        // An EF Core operator on a query of unknown origin is EF Core's: it throws on any other provider.
        if (query?.Provider is QueryProvider.Memory)
            return null;
        var kind = role is { Library: DataLibrary.Dapper, Kind: RoundTripKind.DatabaseRead } && WritingSql.Is(call) ? RoundTripKind.DatabaseWrite : role.Kind;
        return new RoundTrip(kind, role.Library, call, NameOf(call, query), query);
    }

    private RoundTrip? ClassifyEnumeration(IForEachLoopOperation loop)
    {
        if (Libraries.EntityFrameworkCore is null || loop.Collection is not { } collection)
            return null;
        return QueryOf(collection) is { Provider: QueryProvider.EntityFrameworkCore } query
            ? new RoundTrip(RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore, loop, loop.IsAsynchronous ? "await foreach" : "foreach", query)
            : null;
    }

    /// <summary>
    /// <c>static readonly Func&lt;Db, int, Task&lt;Order?&gt;&gt; ById = EF.CompileAsyncQuery(…)</c>: calling the delegate executes the query. It is held by a field, a
    /// property or a local.
    /// </summary>
    private RoundTrip? ClassifyCompiledQuery(IInvocationOperation call)
    {
        if (Libraries.EntityFrameworkCore is null || call.Arguments.IsEmpty || !Libraries.EntityFrameworkCore.IsDbContext(call.Arguments[0].Value.Unwrap().Type))
            return null;
        var holder = call.Instance?.Unwrap();
        var isCompiled = holder switch
        {
            ILocalReferenceOperation { Local: var local } => LocalValues.Around(holder).OnlyValueOf(local) is { } value && IsCompilation(value),
            IFieldReferenceOperation or IPropertyReferenceOperation => IsInitializedWithCompilation(((IMemberReferenceOperation)holder).Member),
            _ => false,
        };
        return isCompiled ? new RoundTrip(RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore, call, holder.ReferencedSymbol()!.Name) : null;
    }

    private bool IsInitializedWithCompilation(ISymbol member)
    {
        foreach (var reference in member.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var value = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax { Initializer.Value: var initial } => initial,
                PropertyDeclarationSyntax { Initializer.Value: var initial } => initial,
                _ => null,
            };
            if (value is not null && _model.SemanticModelOf(reference.SyntaxTree)?.GetOperation(value) is { } operation && IsCompilation(operation))
                return true;
        }

        return false;
    }

    private static bool IsCompilation(IOperation value) =>
        value.Unwrap() is IInvocationOperation { TargetMethod: { Name: "CompileQuery" or "CompileAsyncQuery", ContainingType: { Name: "EF" } type } } && type.IsIn("Microsoft.EntityFrameworkCore");

    private static string NameOf(IInvocationOperation call, QueryChain? query)
    {
        var method = call.TargetMethod;
        var owner = query is not null ? "IQueryable" : method.ContainingType.Name;
        if (method.IsExtensionMethod && query is null && call.Receiver()?.Unwrap().Type is { } receiver)
            owner = receiver.Name;
        return owner + "." + method.Name;
    }
}
