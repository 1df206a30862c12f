using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Which operations leave the process, and the queries behind them.</summary>
public sealed class DataAccessModel
{
    private readonly BackendModel _model;
    private readonly RoundTripMethods _methods;

    internal DataAccessModel(BackendModel model)
    {
        _model = model;
        _methods = new RoundTripMethods(model.Libraries);
    }

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

    /// <summary>Returns the query that an expression of a sequence type is, or null where it is no sequence.</summary>
    public QueryChain? QueryOf(IOperation expression) => QueryChain.Of(expression, Libraries, _model.Entities.IsEntity);

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

    /// <summary><c>static readonly Func&lt;Db, int, Task&lt;Order?&gt;&gt; ById = EF.CompileAsyncQuery(…)</c>: calling the delegate executes the query.</summary>
    private RoundTrip? ClassifyCompiledQuery(IInvocationOperation call)
    {
        if (Libraries.EntityFrameworkCore is null || call.Instance?.Unwrap() is not IFieldReferenceOperation { Field: { IsReadOnly: true } field } || call.Arguments.IsEmpty)
            return null;
        if (!Libraries.EntityFrameworkCore.IsDbContext(call.Arguments[0].Value.Unwrap().Type))
            return null;
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (_model.SemanticModelOf(reference.SyntaxTree) is { } semantics
                && reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax { Initializer.Value: { } value }
                && semantics.GetOperation(value)?.Unwrap() is IInvocationOperation { TargetMethod: { Name: "CompileQuery" or "CompileAsyncQuery" } compile }
                && compile.ContainingType is { Name: "EF" } && compile.ContainingType.IsIn("Microsoft.EntityFrameworkCore"))
            {
                return new RoundTrip(RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore, call, field.Name);
            }
        }

        return null;
    }

    private static string NameOf(IInvocationOperation call, QueryChain? query)
    {
        var method = call.TargetMethod;
        var owner = query is not null ? "IQueryable" : method.ContainingType.Name;
        if (method.IsExtensionMethod && query is null && call.Receiver()?.Unwrap().Type is { } receiver)
            owner = receiver.Name;
        return owner + "." + method.Name;
    }
}
