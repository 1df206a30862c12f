using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The types of Microsoft.Extensions.Logging.</summary>
public sealed class LoggingLibrary
{
    private readonly INamedTypeSymbol _logger;

    private LoggingLibrary(Compilation compilation, INamedTypeSymbol logger)
    {
        _logger = logger;
        LoggerExtensions = compilation.FindType("Microsoft.Extensions.Logging.LoggerExtensions");
        LoggerMessageAttribute = compilation.FindType("Microsoft.Extensions.Logging.LoggerMessageAttribute");
    }

    /// <summary>The class of <c>LogInformation</c>, <c>LogError</c> and <c>BeginScope</c>.</summary>
    public INamedTypeSymbol? LoggerExtensions { get; }

    /// <summary><c>[LoggerMessage]</c>, or null before version 6.</summary>
    public INamedTypeSymbol? LoggerMessageAttribute { get; }

    /// <summary>Returns the library as this compilation sees it, or null.</summary>
    public static LoggingLibrary? In(Compilation compilation) =>
        compilation.FindType("Microsoft.Extensions.Logging.ILogger") is { } logger ? new LoggingLibrary(compilation, logger) : null;

    /// <summary>True for <c>ILogger</c>, <c>ILogger&lt;T&gt;</c> and every type that implements them.</summary>
    public bool IsLogger(ITypeSymbol? type) => type.IsOrImplements(_logger);
}
