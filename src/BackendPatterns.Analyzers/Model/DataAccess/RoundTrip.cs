using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Where a round trip goes and what it does there.</summary>
public enum RoundTripKind
{
    DatabaseRead,
    DatabaseWrite,

    /// <summary>HTTP or gRPC.</summary>
    Remote,

    /// <summary>A cache outside the process: Redis, <c>IDistributedCache</c>, <c>HybridCache</c>.</summary>
    Cache,

    /// <summary>A call that looks like a database read, of a method whose body nobody can see (<see cref="SuspectedReads"/>).</summary>
    SuspectedRead,
}

/// <summary>The library that makes a round trip.</summary>
public enum DataLibrary
{
    EntityFrameworkCore,
    Identity,
    Dapper,
    AdoNet,
    MongoDb,
    Http,
    Grpc,
    Redis,
    DistributedCache,
    HybridCache,

    /// <summary>Code of the application whose body is not visible.</summary>
    OwnCode,
}

/// <summary>One operation that leaves the process.</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Library">Who makes it.</param>
/// <param name="Operation">The call, or the <c>foreach</c> that enumerates a query.</param>
/// <param name="Name">How messages name it, such as <c>DbSet.FindAsync</c>.</param>
/// <param name="Query">The EF Core query that is executed, or null where no query is (<c>Find</c>, <c>SaveChanges</c>, other libraries).</param>
public sealed record RoundTrip(RoundTripKind Kind, DataLibrary Library, IOperation Operation, string Name, QueryChain? Query = null)
{
    /// <summary>True for the two kinds that reach a database.</summary>
    public bool IsDatabase => Kind is RoundTripKind.DatabaseRead or RoundTripKind.DatabaseWrite;
}
