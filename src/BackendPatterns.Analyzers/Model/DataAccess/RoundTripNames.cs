namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>What a simple name alone allows: the prefilter in front of <see cref="RoundTripMethods"/>, which asks symbols.</summary>
[Flags]
internal enum NameTraits : ushort
{
    None = 0,

    /// <summary>A method of this name may read from a database, whatever it is called on. The first five are one bit per <see cref="RoundTripKind"/>.</summary>
    Reads = 1,
    Writes = 2,
    CallsRemote = 4,
    UsesCache = 8,
    Suspected = 16,

    /// <summary>A method of this name reads where it is called on a query.</summary>
    EndsQuery = 32,

    /// <summary>Part of the name of a query type.</summary>
    Query = 64,

    /// <summary>Part of the name of a type most of whose members leave the process: a cache, a collection of documents.</summary>
    Store = 128,

    /// <summary>The name of a generated gRPC client ends like this, or it is their base class.</summary>
    Client = 256,

    /// <summary>A method of this name may hand its argument to a handler.</summary>
    Dispatches = 512,

    /// <summary>Part of the name of a handler interface or base class.</summary>
    Handler = 1024,

    /// <summary>The name of an interface that looks like access to a database.</summary>
    DataAccess = 2048,

    /// <summary>A method of this name belongs to an interface that only the projects above implement; asked when facts are exported.</summary>
    Open = 4096,

    /// <summary>Any round trip.</summary>
    Leaves = Reads | Writes | CallsRemote | UsesCache,

    /// <summary>Any round trip, and what may turn out to be one.</summary>
    MayLeave = Leaves | Suspected | Open,
}

/// <summary>
/// The names by which round trips are called. Everything that <see cref="RoundTripMethods"/> takes for a round trip is found here by its name; the reverse is not true.
/// </summary>
internal static class RoundTripNames
{
    private static readonly Dictionary<string, NameTraits> Known = Collect();

    private static readonly (string Prefix, NameTraits Traits)[] Prefixes =
    [
        ("QueryFirst", NameTraits.Reads | NameTraits.Writes), ("QuerySingle", NameTraits.Reads | NameTraits.Writes), ("QueryMultiple", NameTraits.Reads | NameTraits.Writes),
        ("QueryUnbuffered", NameTraits.Reads | NameTraits.Writes), ("ExecuteScalar", NameTraits.Reads | NameTraits.Writes), ("ExecuteReader", NameTraits.Reads | NameTraits.Writes),
        ("InsertOne", NameTraits.Writes), ("InsertMany", NameTraits.Writes), ("UpdateOne", NameTraits.Writes), ("UpdateMany", NameTraits.Writes), ("ReplaceOne", NameTraits.Writes),
        ("DeleteOne", NameTraits.Writes), ("DeleteMany", NameTraits.Writes), ("BulkWrite", NameTraits.Writes), ("FindOneAnd", NameTraits.Writes),
        ("CountDocuments", NameTraits.Reads), ("EstimatedDocumentCount", NameTraits.Reads),
    ];

    /// <summary>Returns the trait that a kind of round trip is.</summary>
    public static NameTraits Of(RoundTripKind kind) => (NameTraits)(1 << (int)kind);

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
            traits |= NameTraits.CallsRemote;
        foreach (var (prefix, leaves) in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                traits |= leaves;
        }

        return traits;
    }

    /// <summary>True for a name that a home-made or MediatR-like dispatcher gives the method that hands a request to its handler.</summary>
    public static bool Dispatches(string name) => Known.TryGetValue(name, out var traits) && (traits & NameTraits.Dispatches) != 0;

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.Ordinal) >= 0;

    private static Dictionary<string, NameTraits> Collect()
    {
        var known = new Dictionary<string, NameTraits>(StringComparer.Ordinal);
        Add(RoundTripMethods.NamesThatRead, NameTraits.Reads);
        Add(RoundTripMethods.NamesThatWrite, NameTraits.Writes);
        Add(RoundTripMethods.NamesOfRemoteCalls, NameTraits.CallsRemote);
        Add(RoundTripMethods.NamesThatEndQueries, NameTraits.EndsQuery);
        Add(
            [
                "Find", "FindAsync", "FindSync", "Reload", "ReloadAsync", "GetDatabaseValues", "GetDatabaseValuesAsync", "Load", "LoadAsync", "CompileQuery", "CompileAsyncQuery",
                "ExecuteReader", "ExecuteReaderAsync", "ExecuteScalar", "ExecuteScalarAsync", "Query", "QueryAsync",
            ],
            NameTraits.Reads);
        // What Dapper queries may be an insert with a result: the text of the statement decides.
        Add(
            [
                "SaveChanges", "SaveChangesAsync", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteSql", "ExecuteSqlAsync",
                "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "BeginTransaction", "BeginTransactionAsync",
                "ExecuteNonQuery", "ExecuteNonQueryAsync", "Execute", "ExecuteAsync", "Query", "QueryAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync",
            ],
            NameTraits.Writes);
        Add(["foreach"], NameTraits.EndsQuery);
        Add(
            [
                "DbSet", "Set", "FromSql", "FromSqlRaw", "FromSqlInterpolated", "SqlQuery", "SqlQueryRaw", "FromExpression",
                "Users", "Roles", "UserRoles", "UserClaims", "UserLogins", "UserTokens", "RoleClaims",
            ],
            NameTraits.Query);
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
