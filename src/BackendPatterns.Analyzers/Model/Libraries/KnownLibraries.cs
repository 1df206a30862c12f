using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The libraries that rules speak about, found by metadata name. A library that the compilation does not reference is null.</summary>
public sealed class KnownLibraries(Compilation compilation)
{
    private const string InMemory = "AddDistributedMemoryCache";

    private static readonly TreeWords OtherStores = new("AddStackExchangeRedisCache", "AddDistributedSqlServerCache", "AddCosmosCache", "AddDistributedRedisCache", "AddDistributedPostgresCache");
    private static readonly TreeWords Registrations = new(
        InMemory, "AddStackExchangeRedisCache", "AddDistributedSqlServerCache", "AddCosmosCache", "AddDistributedRedisCache", "AddDistributedPostgresCache");

    private readonly Lazy<EntityFrameworkCore?> _entityFrameworkCore = BackendModel.Once(() => Libraries.EntityFrameworkCore.In(compilation));
    private readonly Lazy<AspNetCore?> _aspNetCore = BackendModel.Once(() => Libraries.AspNetCore.In(compilation));
    private readonly Lazy<Linq> _linq = BackendModel.Once(() => new Linq(compilation));
    private readonly Lazy<AdoNet?> _adoNet = BackendModel.Once(() => Libraries.AdoNet.In(compilation));
    private readonly Lazy<TokenLibrary?> _tokens = BackendModel.Once(() => TokenLibrary.In(compilation));
    private readonly Lazy<LoggingLibrary?> _logging = BackendModel.Once(() => LoggingLibrary.In(compilation));

    private readonly Lazy<PollyLibrary?> _polly = BackendModel.Once(() => PollyLibrary.In(compilation));

    private readonly Lazy<bool> _hasRemoteClients = BackendModel.Once(() =>
        compilation.FindType("System.Net.Http.HttpMessageInvoker") is not null || compilation.FindType("Grpc.Core.ClientBase") is not null);
    private readonly Lazy<bool> _hasRemoteCaches = BackendModel.Once(() =>
        compilation.FindType("StackExchange.Redis.IDatabaseAsync") is not null || compilation.FindType("Microsoft.Extensions.Caching.Distributed.IDistributedCache") is not null);
    private readonly Lazy<bool> _distributedCacheIsInMemory = BackendModel.Once(() => IsInMemory(compilation));

    private readonly Lazy<DatabaseProviders> _databaseProviders = BackendModel.Once(() => new DatabaseProviders(compilation));

    /// <summary>Which of the referenced assemblies are projects of the application.</summary>
    public OwnCode OwnCode { get; } = new(compilation);

    /// <summary>EF Core, or null.</summary>
    public EntityFrameworkCore? EntityFrameworkCore => _entityFrameworkCore.Value;

    /// <summary>The database providers of EF Core that are referenced.</summary>
    public DatabaseProviders DatabaseProviders => _databaseProviders.Value;

    /// <summary>ASP.NET Core (MVC, routing, authorization), or null.</summary>
    public AspNetCore? AspNetCore => _aspNetCore.Value;

    /// <summary>The query operators of the base library.</summary>
    public Linq Linq => _linq.Value;

    /// <summary>ADO.NET, or null.</summary>
    public AdoNet? AdoNet => _adoNet.Value;

    /// <summary>Microsoft.IdentityModel, or null.</summary>
    public TokenLibrary? Tokens => _tokens.Value;

    /// <summary>Microsoft.Extensions.Logging, or null.</summary>
    public LoggingLibrary? Logging => _logging.Value;

    /// <summary>Polly 7 or 8, or null.</summary>
    public PollyLibrary? Polly => _polly.Value;

    /// <summary>True where <c>HttpClient</c> or gRPC clients are referenced.</summary>
    public bool HasRemoteClients => _hasRemoteClients.Value;

    /// <summary>True where StackExchange.Redis or <c>IDistributedCache</c> is referenced.</summary>
    public bool HasRemoteCaches => _hasRemoteCaches.Value;

    /// <summary>True where this application registers the in-memory <c>IDistributedCache</c> and no other: its calls leave nothing.</summary>
    public bool DistributedCacheIsInMemory => _distributedCacheIsInMemory.Value;

    private static bool IsInMemory(Compilation compilation)
    {
        var isInMemory = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!Registrations.AnyIn(tree, CancellationToken.None))
                continue;
            if (!Registrations.Contains(tree, InMemory, CancellationToken.None) || OtherStores.AnyIn(tree, CancellationToken.None))
                return false;
            isInMemory = true;
        }

        return isInMemory;
    }
}
