namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>What a simple name alone allows: the prefilter in front of <see cref="RoundTripMethods"/>, which asks symbols.</summary>
[Flags]
internal enum NameTraits : byte
{
    None = 0,

    /// <summary>A method of this name may be a round trip whatever it is called on.</summary>
    LeavesProcess = 1,

    /// <summary>A method of this name is a round trip where it is called on a query.</summary>
    EndsQuery = 2,

    /// <summary>Part of the name of a query type.</summary>
    Query = 4,

    /// <summary>Part of the name of a type most of whose members leave the process: a cache, a collection of documents.</summary>
    Store = 8,

    /// <summary>The name of a generated gRPC client ends like this, or it is their base class.</summary>
    Client = 16,

    /// <summary>A method of this name may hand its argument to a handler.</summary>
    Dispatches = 32,

    /// <summary>Part of the name of a handler interface or base class.</summary>
    Handler = 64,

    /// <summary>The name of an interface that looks like access to a database, or part of it.</summary>
    DataAccess = 128,
}

/// <summary>
/// The names by which round trips are called. Everything that <see cref="RoundTripMethods"/> takes for a round trip is found here by its name; the reverse is not true.
/// </summary>
internal static class RoundTripNames
{
    private static readonly Dictionary<string, NameTraits> Known = Collect();

    private static readonly string[] LeavingPrefixes =
    [
        "QueryFirst", "QuerySingle", "QueryMultiple", "QueryUnbuffered", "ExecuteScalar", "ExecuteReader", "InsertOne", "InsertMany", "UpdateOne", "UpdateMany",
        "ReplaceOne", "DeleteOne", "DeleteMany", "BulkWrite", "FindOneAnd", "CountDocuments", "EstimatedDocumentCount",
    ];

    /// <summary>Returns what the name alone allows.</summary>
    public static NameTraits Of(string name)
    {
        if (Known.TryGetValue(name, out var traits))
            return traits;
        if (name.EndsWith("Async", StringComparison.Ordinal))
            traits |= NameTraits.EndsQuery;
        if (Has(name, "Queryable"))
            traits |= NameTraits.Query;
        if (Has(name, "DistributedCache") || Has(name, "HybridCache") || Has(name, "MongoCollection") || Has(name, "IDatabase"))
            traits |= NameTraits.Store;
        if (name.EndsWith("Client", StringComparison.Ordinal) || name is "ClientBase")
            traits |= NameTraits.Client;
        if (Has(name, "Handler"))
            traits |= NameTraits.Handler;
        if (SuspectedReads.IsNamedAsDataAccess(name))
            traits |= NameTraits.DataAccess;
        if (Has(name, "FromJson") || Has(name, "AsJson"))
            traits |= NameTraits.LeavesProcess;
        foreach (var prefix in LeavingPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                traits |= NameTraits.LeavesProcess;
        }

        return traits;
    }

    /// <summary>True for a name that a home-made or MediatR-like dispatcher gives the method that hands a request to its handler.</summary>
    public static bool Dispatches(string name) => (Of(name) & NameTraits.Dispatches) != 0;

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.Ordinal) >= 0;

    private static Dictionary<string, NameTraits> Collect()
    {
        var known = new Dictionary<string, NameTraits>(StringComparer.Ordinal);
        Add(RoundTripMethods.NamesThatLeave, NameTraits.LeavesProcess);
        Add(RoundTripMethods.NamesThatEndQueries, NameTraits.EndsQuery);
        Add(
            [
                "SaveChanges", "SaveChangesAsync", "Find", "FindAsync", "FindSync", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteSql", "ExecuteSqlAsync",
                "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "BeginTransaction", "BeginTransactionAsync",
                "Reload", "ReloadAsync", "GetDatabaseValues", "GetDatabaseValuesAsync", "Load", "LoadAsync", "CompileQuery", "CompileAsyncQuery",
                "ExecuteReader", "ExecuteReaderAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync",
                "Query", "QueryAsync", "Execute", "ExecuteAsync",
            ],
            NameTraits.LeavesProcess);
        Add(["foreach"], NameTraits.EndsQuery);
        Add(["DbSet", "Set", "SetByName", "FromSql", "FromSqlRaw", "FromSqlInterpolated", "SqlQuery", "SqlQueryRaw", "FromExpression", "Users", "Roles", "UserRoles", "UserClaims", "UserLogins", "UserTokens", "RoleClaims"], NameTraits.Query);
        Add(["GetDatabase", "GetCollection"], NameTraits.Store);
        Add(
            [
                "Send", "SendAsync", "Publish", "PublishAsync", "Dispatch", "DispatchAsync", "Execute", "ExecuteAsync", "Query", "QueryAsync", "Ask", "AskAsync",
                "Handle", "HandleAsync", "Invoke", "InvokeAsync", "Request", "RequestAsync", "Process", "ProcessAsync", "Run", "RunAsync",
            ],
            NameTraits.Dispatches);
        return known;

        void Add(IEnumerable<string> names, NameTraits traits)
        {
            foreach (var name in names)
            {
                known.TryGetValue(name, out var before);
                known[name] = before | traits | (name.EndsWith("Async", StringComparison.Ordinal) ? NameTraits.EndsQuery : NameTraits.None);
            }
        }
    }
}
