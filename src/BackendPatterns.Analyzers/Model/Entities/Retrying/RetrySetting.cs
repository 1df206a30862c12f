using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities.Retrying;

/// <summary>What one call of a context's configuration says about repeating failed commands.</summary>
internal static class RetrySetting
{
    private const string Retry = "EnableRetryOnFailure";
    private const string RetryByDefault = "EnableRetryOnFailureByDefault";
    private const string Strategy = "ExecutionStrategy";

    // They retry unless their options say otherwise (https://learn.microsoft.com/ef/core/providers/sql-server/).
    private const string AzureSql = "UseAzureSql";
    private const string AzureSynapse = "UseAzureSynapse";

    /// <summary>
    /// The registrations of Aspire, which retry unless <c>DisableRetry</c> is set (https://learn.microsoft.com/dotnet/aspire/database/sql-server-entity-framework-integration).
    /// </summary>
    private static readonly HashSet<string> AspireRegistrations = new(StringComparer.Ordinal)
    {
        "AddSqlServerDbContext", "EnrichSqlServerDbContext", "AddNpgsqlDbContext", "EnrichNpgsqlDbContext", "AddAzureNpgsqlDbContext", "EnrichAzureNpgsqlDbContext",
        "AddMySqlDbContext", "EnrichMySqlDbContext", "AddOracleDatabaseDbContext", "EnrichOracleDatabaseDbContext",
    };

    /// <summary>The names of all calls that say something.</summary>
    public static IEnumerable<string> Names => [Retry, RetryByDefault, Strategy, AzureSql, AzureSynapse, .. AspireRegistrations];

    /// <summary>True for a registration that retries by itself.</summary>
    public static bool IsAspire(IMethodSymbol method) =>
        AspireRegistrations.Contains(method.Name) && method.IsIn("Microsoft.Extensions.Hosting") && method.ContainingType.Name.StartsWith("Aspire", StringComparison.Ordinal);

    /// <summary>Returns whether the call makes the context retry: Yes, No or Unknown (a count from the configuration, a strategy that is not visible); null where it speaks of something else.</summary>
    public static ContextAnswer? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            Retry when IsProviderOptions(method.ContainingType) => ByCount(call.Argument("maxRetryCount")),
            RetryByDefault when method.IsIn("Microsoft.EntityFrameworkCore.Infrastructure") => BySwitch(call.Arguments.Length == 0 ? null : call.Arguments[0].Value),
            Strategy when IsProviderOptions(method.ContainingType) => ByStrategy(call),
            AzureSql or AzureSynapse when method.IsIn("Microsoft.EntityFrameworkCore") => ContextAnswer.Yes,
            _ when IsAspire(method) => BySettings(call),
            _ => null,
        };
    }

    private static ContextAnswer ByCount(IOperation? count) => count?.Unwrap().ConstantValue switch
    {
        null => ContextAnswer.Yes,
        { HasValue: true, Value: int number } => number > 0 ? ContextAnswer.Yes : ContextAnswer.No,
        _ => ContextAnswer.Unknown,
    };

    private static ContextAnswer BySwitch(IOperation? enable) => enable?.Unwrap().ConstantValue switch
    {
        null => ContextAnswer.Yes,
        { HasValue: true, Value: bool isOn } => isOn ? ContextAnswer.Yes : ContextAnswer.No,
        _ => ContextAnswer.Unknown,
    };

    /// <summary><c>o.ExecutionStrategy(d => new OwnStrategy(d))</c>.</summary>
    private static ContextAnswer ByStrategy(IInvocationOperation call)
    {
        if (call.Arguments is not [{ Value: var factory }] || factory.AsLambda() is not { } lambda)
            return ContextAnswer.Unknown;
        ContextAnswer? answer = null;
        foreach (var operation in lambda.Body.DescendantsAndSelf())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value })
                continue;
            var made = value.Unwrap() is IObjectCreationOperation creation ? ByClass(creation) : ContextAnswer.Unknown;
            answer = answer is null || answer == made ? made : ContextAnswer.Unknown;
        }

        return answer ?? ContextAnswer.Unknown;
    }

    /// <summary>
    /// A strategy that derives from EF Core's <c>ExecutionStrategy</c> refuses a transaction begun outside as long as it has attempts left to give and leaves that test in place.
    /// </summary>
    private static ContextAnswer ByClass(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Name is "maxRetryCount" && ByCount(argument.Value) is not ContextAnswer.Yes and var count)
                return count;
        }

        for (var type = creation.Type as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (type.IsIn("Microsoft.EntityFrameworkCore.Storage") && type.Name is "NonRetryingExecutionStrategy")
                return ContextAnswer.No;
            if (type.IsIn("Microsoft.EntityFrameworkCore.Storage") && type.Name is "ExecutionStrategy")
                return ContextAnswer.Yes;
            if (!type.GetMembers("OnFirstExecution").IsEmpty || !type.GetMembers("RetriesOnFailure").IsEmpty)
                return ContextAnswer.Unknown;
        }

        return ContextAnswer.Unknown;
    }

    private static ContextAnswer BySettings(IInvocationOperation call)
    {
        if (call.Argument("configureSettings") is not { } settings || settings.IsNull())
            return ContextAnswer.Yes;
        if (settings.AsLambda() is not { } lambda)
            return ContextAnswer.Unknown;
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "DisableRetry" }, Value: var value })
                return BySwitch(value) is ContextAnswer.No ? ContextAnswer.Yes : ContextAnswer.Unknown;
        }

        return ContextAnswer.Yes;
    }

    /// <summary>True for the relational options of a provider: <c>SqlServerDbContextOptionsBuilder</c> and its like.</summary>
    private static bool IsProviderOptions(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "RelationalDbContextOptionsBuilder" && type.IsIn("Microsoft.EntityFrameworkCore.Infrastructure"))
                return true;
        }

        return false;
    }
}
