using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>What a method does when it is called, as far as its own symbol tells.</summary>
/// <param name="Kind">The kind of round trip.</param>
/// <param name="Library">The library.</param>
/// <param name="IfReceiverIsEntityQuery">True where it is a round trip only on a query that EF Core executes: <c>Enumerable.ToList</c>, <c>Queryable.Any</c>.</param>
public sealed record MethodRole(RoundTripKind Kind, DataLibrary Library, bool IfReceiverIsEntityQuery = false);

/// <summary>
/// Which methods of the known libraries leave the process. Methods are matched by containing type and namespace, never by a bare name;
/// the answer for a symbol is computed once.
/// </summary>
public sealed class RoundTripMethods(KnownLibraries libraries)
{
    private static readonly HashSet<string> EntityQueryTerminals = new(StringComparer.Ordinal)
    {
        "Load", "ToListAsync", "ToArrayAsync", "ToDictionaryAsync", "ToHashSetAsync", "FirstAsync", "FirstOrDefaultAsync", "SingleAsync",
        "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync", "AnyAsync", "AllAsync", "CountAsync", "LongCountAsync", "MinAsync", "MaxAsync",
        "SumAsync", "AverageAsync", "ContainsAsync", "ElementAtAsync", "ElementAtOrDefaultAsync", "ForEachAsync", "LoadAsync",
    };

    private static readonly HashSet<string> LinqTerminals = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "ToLookup", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last",
        "LastOrDefault", "Any", "All", "Count", "LongCount", "Min", "Max", "MinBy", "MaxBy", "Sum", "Average", "Contains", "ElementAt",
        "ElementAtOrDefault", "Aggregate", "SequenceEqual", "ToFrozenSet", "ToFrozenDictionary", "ToImmutableArray", "ToImmutableList",
        "ToImmutableDictionary", "ToImmutableHashSet",
    };

    private static readonly HashSet<string> IdentityReads = new(StringComparer.Ordinal)
    {
        "FindByIdAsync", "FindByNameAsync", "FindByEmailAsync", "FindByLoginAsync", "FindByPasskeyIdAsync", "GetUserAsync", "GetRolesAsync", "IsInRoleAsync",
        "GetClaimsAsync", "GetLoginsAsync", "GetUsersInRoleAsync", "GetUsersForClaimAsync", "GetAuthenticationTokenAsync", "RoleExistsAsync",
    };

    private static readonly HashSet<string> IdentityWrites = new(StringComparer.Ordinal)
    {
        "CreateAsync", "UpdateAsync", "DeleteAsync", "AddToRoleAsync", "AddToRolesAsync", "RemoveFromRoleAsync", "RemoveFromRolesAsync",
        "AddClaimAsync", "AddClaimsAsync", "RemoveClaimAsync", "RemoveClaimsAsync", "ReplaceClaimAsync", "AddLoginAsync", "RemoveLoginAsync",
        "AddPasswordAsync", "RemovePasswordAsync", "ChangePasswordAsync", "ResetPasswordAsync", "ConfirmEmailAsync", "ChangeEmailAsync",
        "SetEmailAsync", "SetUserNameAsync", "SetPhoneNumberAsync", "SetLockoutEnabledAsync", "SetLockoutEndDateAsync", "SetTwoFactorEnabledAsync",
        "SetAuthenticationTokenAsync", "RemoveAuthenticationTokenAsync", "AccessFailedAsync", "ResetAccessFailedCountAsync", "UpdateSecurityStampAsync",
        "SetRoleNameAsync",
    };

    private static readonly HashSet<string> HttpCalls = new(StringComparer.Ordinal)
    {
        "GetAsync", "GetStringAsync", "GetByteArrayAsync", "GetStreamAsync", "PostAsync", "PutAsync", "PatchAsync", "DeleteAsync", "Send", "SendAsync",
    };

    private static readonly HashSet<string> LocalRedisMembers = new(StringComparer.Ordinal)
    {
        "CreateBatch", "CreateTransaction", "IsConnected", "IdentifyEndpoint", "IdentifyEndpointAsync", "Wait", "WaitAll", "TryWait",
    };

    private static readonly HashSet<string> CursorTerminals = new(StringComparer.Ordinal)
    {
        "ToList", "ToListAsync", "First", "FirstAsync", "FirstOrDefault", "FirstOrDefaultAsync", "Single", "SingleAsync", "SingleOrDefault",
        "SingleOrDefaultAsync", "Any", "AnyAsync", "ForEachAsync",
    };

    /// <summary>Names that read on the types of their libraries, whatever they are called on.</summary>
    internal static IEnumerable<string> NamesThatRead => EntityQueryTerminals.Concat(IdentityReads);

    internal static IEnumerable<string> NamesThatWrite => IdentityWrites;

    internal static IEnumerable<string> NamesOfRemoteCalls => HttpCalls;

    /// <summary>Names that read on a query only.</summary>
    internal static IEnumerable<string> NamesThatEndQueries => LinqTerminals.Concat(CursorTerminals);

    private readonly ConcurrentDictionary<IMethodSymbol, MethodRole?> _roles = new(SymbolEqualityComparer.Default);

    /// <summary>Returns what calling the method does, or null where that is no round trip or nothing is known about it.</summary>
    public MethodRole? RoleOf(IMethodSymbol method) => _roles.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, RoleOfDefinition);

    private MethodRole? RoleOfDefinition(IMethodSymbol method)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return null;
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (RoleOfDeclared(declared) is { } role)
                return role;
        }

        return null;
    }

    private MethodRole? RoleOfDeclared(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var space = type.ContainingNamespace;
        return method.Name switch
        {
            "SaveChanges" or "SaveChangesAsync" when IsSaveOfContextInterface(type) => Write(DataLibrary.EntityFrameworkCore),
            _ when method.Name.StartsWith("Execute", StringComparison.Ordinal) && libraries.AdoNet?.IsCommand(type) == true => AdoNetRole(method),
            _ when space.Is("System.Linq") => LinqRole(method),
            _ when space.Is("System.Collections.Immutable") || space.Is("System.Collections.Frozen") => LinqRole(method),
            _ when space.Is("Microsoft.EntityFrameworkCore") => EntityFrameworkRole(method),
            _ when space.Is("Microsoft.EntityFrameworkCore.ChangeTracking") => EntryRole(method),
            _ when space.Is("Microsoft.EntityFrameworkCore.Infrastructure") && type.Name is "DatabaseFacade" && method.Name is "BeginTransaction" or "BeginTransactionAsync"
                => Write(DataLibrary.EntityFrameworkCore),
            _ when space.Is("Microsoft.AspNetCore.Identity") => IdentityRole(method),
            _ when space.Is("Dapper") && type.Name is "SqlMapper" => DapperRole(method),
            _ when space.Is("MongoDB.Driver") => MongoRole(method),
            _ when space.Is("System.Net.Http") && type.Name is "HttpClient" or "HttpMessageInvoker" && HttpCalls.Contains(method.Name)
                => new MethodRole(RoundTripKind.Remote, DataLibrary.Http),
            _ when space.Is("System.Net.Http.Json") && type.Name is "HttpClientJsonExtensions" => new MethodRole(RoundTripKind.Remote, DataLibrary.Http),
            _ when space.Is("StackExchange.Redis") && type.Name is "IDatabase" or "IDatabaseAsync" && !LocalRedisMembers.Contains(method.Name)
                => new MethodRole(RoundTripKind.Cache, DataLibrary.Redis),
            _ when space.Is("Microsoft.Extensions.Caching.Distributed") && type.Name is "IDistributedCache" or "DistributedCacheExtensions"
                => new MethodRole(RoundTripKind.Cache, DataLibrary.DistributedCache),
            _ when space.Is("Microsoft.Extensions.Caching.Hybrid") && type.Name is "HybridCache" => new MethodRole(RoundTripKind.Cache, DataLibrary.HybridCache),
            _ when IsGrpcCall(method) => new MethodRole(RoundTripKind.Remote, DataLibrary.Grpc),
            _ => null,
        };
    }

    private static MethodRole Read(DataLibrary library) => new(RoundTripKind.DatabaseRead, library);

    private static MethodRole Write(DataLibrary library) => new(RoundTripKind.DatabaseWrite, library);

    private static MethodRole? AdoNetRole(IMethodSymbol method) => method.Name switch
    {
        "ExecuteReader" or "ExecuteReaderAsync" or "ExecuteScalar" or "ExecuteScalarAsync" => Read(DataLibrary.AdoNet),
        "ExecuteNonQuery" or "ExecuteNonQueryAsync" => Write(DataLibrary.AdoNet),
        _ => null,
    };

    private static MethodRole? LinqRole(IMethodSymbol method)
    {
        var isTerminal = method.ContainingType.Name switch
        {
            "Queryable" or "Enumerable" or "ImmutableArray" or "ImmutableList" or "ImmutableDictionary" or "ImmutableHashSet" or "FrozenSet" or "FrozenDictionary" =>
                LinqTerminals.Contains(method.Name),
            "AsyncEnumerable" => method.Name.EndsWith("Async", StringComparison.Ordinal),
            _ => false,
        };
        return isTerminal && method.IsExtensionMethod
            ? new MethodRole(RoundTripKind.DatabaseRead, DataLibrary.EntityFrameworkCore, IfReceiverIsEntityQuery: true)
            : null;
    }

    private static MethodRole? EntityFrameworkRole(IMethodSymbol method) => method.ContainingType.Name switch
    {
        "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" => method.Name switch
        {
            "ExecuteDelete" or "ExecuteDeleteAsync" or "ExecuteUpdate" or "ExecuteUpdateAsync" => Write(DataLibrary.EntityFrameworkCore),
            var name when EntityQueryTerminals.Contains(name) => Read(DataLibrary.EntityFrameworkCore),
            _ => null,
        },
        "DbContext" => method.Name switch
        {
            "SaveChanges" or "SaveChangesAsync" => Write(DataLibrary.EntityFrameworkCore),
            "Find" or "FindAsync" => Read(DataLibrary.EntityFrameworkCore),
            _ => null,
        },
        "DbSet" => method.Name is "Find" or "FindAsync" ? Read(DataLibrary.EntityFrameworkCore) : null,
        "RelationalDatabaseFacadeExtensions" => method.Name switch
        {
            "ExecuteSql" or "ExecuteSqlAsync" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync"
                or "BeginTransaction" or "BeginTransactionAsync" => Write(DataLibrary.EntityFrameworkCore),
            _ => null,
        },
        _ => null,
    };

    private static MethodRole? EntryRole(IMethodSymbol method) => method.ContainingType.Name switch
    {
        "EntityEntry" when method.Name is "Reload" or "ReloadAsync" or "GetDatabaseValues" or "GetDatabaseValuesAsync" => Read(DataLibrary.EntityFrameworkCore),
        "CollectionEntry" or "ReferenceEntry" or "NavigationEntry" when method.Name is "Load" or "LoadAsync" => Read(DataLibrary.EntityFrameworkCore),
        _ => null,
    };

    private static MethodRole? IdentityRole(IMethodSymbol method)
    {
        if (method.ContainingType.Name is not ("UserManager" or "RoleManager"))
            return null;
        return IdentityReads.Contains(method.Name) ? Read(DataLibrary.Identity)
            : IdentityWrites.Contains(method.Name) ? Write(DataLibrary.Identity)
            : null;
    }

    private static MethodRole? DapperRole(IMethodSymbol method)
    {
        if (method.Name.StartsWith("Query", StringComparison.Ordinal)
            || method.Name.StartsWith("ExecuteScalar", StringComparison.Ordinal)
            || method.Name.StartsWith("ExecuteReader", StringComparison.Ordinal))
        {
            return Read(DataLibrary.Dapper);
        }

        return method.Name is "Execute" or "ExecuteAsync" ? Write(DataLibrary.Dapper) : null;
    }

    private static MethodRole? MongoRole(IMethodSymbol method)
    {
        switch (method.ContainingType.Name)
        {
            case "IAsyncCursorSourceExtensions":
                return CursorTerminals.Contains(method.Name) ? Read(DataLibrary.MongoDb) : null;
            case "IMongoCollection" or "IMongoCollectionExtensions":
                var name = method.Name;
                if (StartsWithAny(name, "FindAsync", "FindSync", "CountDocuments", "EstimatedDocumentCount", "Distinct"))
                    return Read(DataLibrary.MongoDb);
                return StartsWithAny(name, "Insert", "Update", "Replace", "Delete", "BulkWrite", "FindOneAnd") ? Write(DataLibrary.MongoDb) : null;
            default:
                return null;
        }
    }

    private static bool StartsWithAny(string name, params string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>A generated client's method takes call options or metadata, and its type derives from <c>Grpc.Core.ClientBase</c>.</summary>
    private static bool IsGrpcCall(IMethodSymbol method)
    {
        if (method.IsStatic || method.Parameters.IsEmpty)
            return false;
        var last = method.Parameters[method.Parameters.Length - 1].Type;
        var first = method.Parameters.Length > 1 ? method.Parameters[1].Type : last;
        if (!(last.Name is "CallOptions" or "CancellationToken" && (last.IsIn("Grpc.Core") || first.IsIn("Grpc.Core"))))
            return false;
        for (var type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name is "ClientBase" && type.IsIn("Grpc.Core"))
                return true;
        }

        return false;
    }

    /// <summary><c>interface IAppDb { DbSet&lt;Order&gt; Orders { get; } Task&lt;int&gt; SaveChangesAsync(…); }</c>: the context behind an interface.</summary>
    private bool IsSaveOfContextInterface(INamedTypeSymbol type)
    {
        if (type.TypeKind is not TypeKind.Interface || libraries.EntityFrameworkCore is not { } entityFramework)
            return false;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol property && entityFramework.IsDbSet(property.Type))
                return true;
        }

        return false;
    }
}
