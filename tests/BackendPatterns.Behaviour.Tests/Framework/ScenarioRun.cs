using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>What one version of a scenario did: its answer (or the type of its exception), the rows afterwards, and the SQL commands it sent.</summary>
/// <param name="Answer">The returned value as JSON, or <c>throws</c> and the exception's type.</param>
/// <param name="Rows">All tables afterwards (<see cref="TableRows"/>).</param>
/// <param name="Commands">The SQL commands that the scenario executed.</param>
public sealed record ScenarioRun(string Answer, string Rows, IReadOnlyList<string> Commands)
{
    /// <summary>How often the scenario saved a context.</summary>
    public int Saves { get; private init; }

    private const string Database = "Shop.Database";

    private static readonly JsonSerializerOptions Json = new() { ReferenceHandler = ReferenceHandler.IgnoreCycles, WriteIndented = true };

    /// <summary>
    /// Loads a compiled scenario and runs <c>public static Task&lt;object?&gt; Scenario.Run(ShopContext db)</c> (or a synchronous one) on a fresh SQLite database.
    /// </summary>
    /// <param name="compilation">The scenario.</param>
    /// <param name="isCollectible">False where types are derived from the scenario's at run time (lazy-loading proxies): their base types are looked up by name and never unloaded.</param>
    public static async Task<ScenarioRun> Of(Compilation compilation, bool isCollectible = true)
    {
        if (!isCollectible)
            compilation = compilation.WithAssemblyName("Scenario" + Guid.NewGuid().ToString("N"));
        var tables = compilation.GetTypeByMetadataName(Database)!.DeclaringSyntaxReferences.Single().SyntaxTree.ToString();
        using var image = ScenarioCode.ImageOf(compilation);
        if (!isCollectible)
            return await Run(AssemblyLoadContext.Default.LoadFromStream(image), tables);
        var loader = new AssemblyLoadContext("Scenario", isCollectible: true);
        try
        {
            return await Run(loader.LoadFromStream(image), tables);
        }
        finally
        {
            loader.Unload();
        }
    }

    private static async Task<ScenarioRun> Run(Assembly assembly, string tables)
    {
        var database = assembly.GetType(Database, throwOnError: true)!;
        var scenario = assembly.GetType("Scenario", throwOnError: true)!.GetMethod("Run") ?? throw new InvalidOperationException("A scenario has a method Run.");
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        var counter = new CommandCounter();
        DbContext Open(SqliteConnection connection) => (DbContext)Invoke(database, "Open", connection, counter)!;
        FilledDatabases.CopyInto(connection, tables, empty =>
        {
            using var db = Open(empty);
            Invoke(database, "Fill", db);
        });
        counter.Reset();
        string answer;
        using (var db = Open(connection))
            answer = await AnswerOf(scenario, db);
        return new ScenarioRun(answer, TableRows.Of(connection), counter.Commands.ToArray()) { Saves = counter.Saves };
    }

    private static async Task<string> AnswerOf(MethodInfo scenario, DbContext db)
    {
        try
        {
            var result = scenario.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [db], culture: null);
            if (result is Task task)
            {
                await task;
                result = task.GetType().GetProperty("Result")?.GetValue(task);
            }

            return JsonSerializer.Serialize(result, Json);
        }
#pragma warning disable CA1031 // Which exception a scenario ends with is part of its answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return "throws " + exception.GetType().FullName;
        }
    }

    private static object? Invoke(Type type, string method, params object[] arguments) =>
        type.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
