using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>What a service with a transaction did on SQLite.</summary>
/// <param name="Failure">What it threw, or null.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Rows">The entries afterwards, in order: text and amount.</param>
/// <param name="Commands">The SQL commands that it executed, and what happened to its transactions.</param>
internal sealed record StrategyRun(Exception? Failure, object? Result, string Rows, IReadOnlyList<string> Commands)
{
    /// <summary>True where EF Core refused the transaction.</summary>
    public bool IsRefused => Failure is InvalidOperationException { Message: var message } && message.Contains("does not support user-initiated transactions", StringComparison.Ordinal);
}

/// <summary>How a service is run.</summary>
/// <param name="Retries">False for a context whose strategy does not retry.</param>
/// <param name="FailedSaves">How many of its first commands that insert or update fail for a moment.</param>
/// <param name="FailedCommits">How many of its first commits do.</param>
internal sealed record StrategyConditions(bool Retries = true, int FailedSaves = 0, int FailedCommits = 0);

/// <summary>A service with a ledger, whose context retries on failure through a strategy of its own: analysed and fixed as written, and executed.</summary>
internal sealed class StrategyScenario(string members)
{
    private const string Domain = """
        using System.Data.Common;
        using System.Transactions;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.EntityFrameworkCore.Diagnostics;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Storage;
        using Microsoft.Data.Sqlite;

        public class Entry { public int Id { get; set; } public string Text { get; set; } = ""; public int Amount { get; set; } }

        public class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
        {
            public DbSet<Entry> Entries => Set<Entry>();
        }

        public class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options)
        {
            public DbSet<Entry> Entries => Set<Entry>();
        }

        public class MomentStrategy(ExecutionStrategyDependencies d) : ExecutionStrategy(d, 3, TimeSpan.Zero)
        {
            protected override bool ShouldRetryOn(Exception e) => e is TimeoutException || e.InnerException is TimeoutException;
        }

        public static class Registration
        {
            public static void Add(IServiceCollection services, SqliteConnection connection)
            {
                services.AddDbContext<LedgerContext>(o => o
                    .UseSqlite(connection, s => s.ExecutionStrategy(d => new MomentStrategy(d)))
                    .UseInternalServiceProvider(AmbientConnection.Provider)
                    .AddInterceptors(Faults.Interceptor, Faults.Transactions));
                services.AddDbContext<OtherContext>(o => o.UseSqlite(connection));
            }
        }
        """;

    // What the rule does not read: faults, and a connection that takes part in ambient transactions as those of other providers do.
    private const string Machinery = """
        using System.Data.Common;
        using System.Transactions;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.EntityFrameworkCore.Diagnostics;
        using Microsoft.EntityFrameworkCore.Storage;

        public class AmbientConnection(RelationalConnectionDependencies d, IRawSqlCommandBuilder b, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> l)
            : Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal.SqliteRelationalConnection(d, b, l)
        {
            // EF Core makes and keeps a provider of its own for every replaced service, and refuses to make very many in one process.
            public static readonly IServiceProvider Provider = new ServiceCollection().AddEntityFrameworkSqlite().AddScoped<IRelationalConnection, AmbientConnection>().BuildServiceProvider();

            protected override bool SupportsAmbientTransactions => true;
            protected override void ConnectionEnlistTransaction(Transaction? transaction) { }
        }

        public static class Faults
        {
            public static bool Retries;
            public static int Saves;
            public static int Commits;
            public static List<string> Log = new();
            public static readonly Commands Interceptor = new();
            public static readonly Ends Transactions = new();

            public static IExecutionStrategy Strategy(ExecutionStrategyDependencies d) => Retries ? new MomentStrategy(d) : new NonRetryingExecutionStrategy(d);

            public static void Fail(ref int left) { if (left-- > 0) throw new TimeoutException("for a moment"); }
        }

        public class Commands : DbCommandInterceptor
        {
            private static void Note(DbCommand c)
            {
                Faults.Log.Add(c.CommandText);
                if (c.CommandText.Contains("INSERT") || c.CommandText.Contains("UPDATE")) Faults.Fail(ref Faults.Saves);
            }

            public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand c, CommandEventData e, InterceptionResult<DbDataReader> r) { Note(c); return r; }
            public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand c, CommandEventData e, InterceptionResult<DbDataReader> r, CancellationToken t = default) { Note(c); return new(r); }
            public override InterceptionResult<int> NonQueryExecuting(DbCommand c, CommandEventData e, InterceptionResult<int> r) { Note(c); return r; }
            public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand c, CommandEventData e, InterceptionResult<int> r, CancellationToken t = default) { Note(c); return new(r); }
        }

        public class Ends : DbTransactionInterceptor
        {
            public override InterceptionResult TransactionCommitting(DbTransaction t, TransactionEventData e, InterceptionResult r) { Faults.Fail(ref Faults.Commits); Faults.Log.Add("commit"); return r; }
            public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction t, TransactionEventData e, InterceptionResult r, CancellationToken c = default) { Faults.Fail(ref Faults.Commits); Faults.Log.Add("commit"); return new(r); }
        }

        public static class Run
        {
            public static async Task<(Exception? Failure, object? Result, string Rows, List<string> Log)> Execute(bool retries, int failedSaves, int failedCommits)
            {
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
                connection.Open();
                var services = new ServiceCollection();
                Registration.Add(services, connection);
                Faults.Retries = retries;
                using var provider = services.BuildServiceProvider();
                var db = provider.GetRequiredService<LedgerContext>();
                db.Database.EnsureCreated();
                db.Entries.AddRange(new Entry { Text = "first", Amount = 10 }, new Entry { Text = "second", Amount = 20 });
                db.SaveChanges();
                db.ChangeTracker.Clear();
                (Faults.Saves, Faults.Commits) = (failedSaves, failedCommits);
                Faults.Log.Clear();
                Exception? failure = null;
                object? result = null;
                try
                {
                    var service = ActivatorUtilities.CreateInstance<Service>(provider);
                    var method = typeof(Service).GetMethod("A")!;
                    result = method.Invoke(service, System.Reflection.BindingFlags.DoNotWrapExceptions, null, method.GetParameters().Length == 0 ? null : new object?[] { CancellationToken.None }, null);
                    if (result is Task task)
                    {
                        await task;
                        result = task.GetType().GetProperty("Result")?.GetValue(task);
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }

                var log = Faults.Log.ToList();
                using var scope = provider.CreateScope();
                var rows = scope.ServiceProvider.GetRequiredService<OtherContext>().Entries.OrderBy(e => e.Id).Select(e => e.Text + ":" + e.Amount).ToList();
                return (failure, result, string.Join(" ", rows), log);
            }
        }
        """;

    private MethodInfo? _execute;

    private string Source { get; init; } = $$"""
        {{Domain}}

        public class Service(LedgerContext db, OtherContext other)
        {
            public object Others => other;

            {{members}}
        }
        """;

    /// <summary>The source, after a fix where one was applied.</summary>
    public string Text => Source;

    /// <summary>True where the rule reports a transaction.</summary>
    public async Task<bool> IsReported()
    {
        using var workspace = new AdhocWorkspace();
        return (await ReportsOf(Open(workspace, Source))).Length > 0;
    }

    /// <summary>Returns the scenario after the fix of every report; null where one is not offered.</summary>
    public async Task<StrategyScenario?> Fixed()
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, Source);
        var isChanged = false;
        while ((await ReportsOf(document)) is [var report, ..])
        {
            if (await ScenarioCode.ActionsFor(document, report, new BP5008TransactionOutsideExecutionStrategyFix()) is not [var action])
                return null;
            document = await ScenarioCode.After(document, action);
            isChanged = true;
        }

        return isChanged ? new StrategyScenario(members) { Source = (await document.GetTextAsync()).ToString() } : null;
    }

    /// <summary>Executes the service's method <c>A</c>.</summary>
    public async Task<StrategyRun> Run(StrategyConditions? conditions = null)
    {
        conditions ??= new StrategyConditions();
        _execute ??= await CompileAsync();
        var (failure, result, rows, log) = await (Task<(Exception?, object?, string, List<string>)>)_execute.Invoke(null, [conditions.Retries, conditions.FailedSaves, conditions.FailedCommits])!;
        return new StrategyRun(failure, result, rows, log);
    }

    private async Task<MethodInfo> CompileAsync()
    {
        using var workspace = new AdhocWorkspace();
        var compilation = (await Open(workspace, Source.Replace("d => new MomentStrategy(d)", "d => Faults.Strategy(d)", StringComparison.Ordinal)).Project.GetCompilationAsync())!;
        using var image = ScenarioCode.ImageOf(compilation);
        return new AssemblyLoadContext("Strategy").LoadFromStream(image).GetType("Run", throwOnError: true)!.GetMethod("Execute")!;
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var document = BeforeAndAfter.Open(workspace, source);
        return document.Project.AddDocument("Machinery.cs", Microsoft.CodeAnalysis.Text.SourceText.From(Machinery)).Project.GetDocument(document.Id)!;
    }

    private static Task<ImmutableArray<Diagnostic>> ReportsOf(Document document) => ScenarioCode.ReportsOf(document, new BP5008TransactionOutsideExecutionStrategyAnalyzer());
}
