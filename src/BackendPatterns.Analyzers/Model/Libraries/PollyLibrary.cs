using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The types of Polly that say how a retry behaves: the fluent policies of version 7, which version 8 still carries, and the strategies of version 8.</summary>
public sealed class PollyLibrary
{
    private readonly INamedTypeSymbol? _policy;
    private readonly INamedTypeSymbol? _policyBuilder;
    private readonly INamedTypeSymbol? _policyBuilderOfResult;
    private readonly INamedTypeSymbol? _retryOptions;
    private readonly INamedTypeSymbol? _httpRetryOptions;
    private readonly INamedTypeSymbol? _pipeline;
    private readonly INamedTypeSymbol? _pipelineOfResult;
    private readonly INamedTypeSymbol? _pipelineBuilder;

    private PollyLibrary(Compilation compilation)
    {
        _policy = compilation.FindType("Polly.IsPolicy");
        _policyBuilder = compilation.FindType("Polly.PolicyBuilder");
        _policyBuilderOfResult = compilation.FindType("Polly.PolicyBuilder`1");
        _retryOptions = compilation.FindType("Polly.Retry.RetryStrategyOptions`1");
        _httpRetryOptions = compilation.FindType("Microsoft.Extensions.Http.Resilience.HttpRetryStrategyOptions");
        _pipeline = compilation.FindType("Polly.ResiliencePipeline");
        _pipelineOfResult = compilation.FindType("Polly.ResiliencePipeline`1");
        _pipelineBuilder = compilation.FindType("Polly.ResiliencePipelineBuilderBase");
    }

    /// <summary>Returns the library as this compilation sees it, or null where neither version is referenced.</summary>
    public static PollyLibrary? In(Compilation compilation)
    {
        var library = new PollyLibrary(compilation);
        return library._policyBuilder is null && library._retryOptions is null ? null : library;
    }

    /// <summary>True for <c>PolicyBuilder</c> and <c>PolicyBuilder&lt;T&gt;</c>: what <c>Handle</c> returns and <c>RetryAsync</c> is called on.</summary>
    public bool IsPolicyBuilder(ITypeSymbol? type) => type.IsOrDerivesFrom(_policyBuilder) || type.IsOrDerivesFrom(_policyBuilderOfResult);

    /// <summary>True for the options of version 8's retry, those for HTTP included.</summary>
    public bool IsRetryOptions(ITypeSymbol? type) => type.IsOrDerivesFrom(_retryOptions);

    /// <summary>True for the options that back off exponentially with jitter unless they are told otherwise.</summary>
    public bool IsHttpRetryOptions(ITypeSymbol? type) => type.IsOrDerivesFrom(_httpRetryOptions);

    /// <summary>True for the policies of version 7 and the pipelines of version 8.</summary>
    public bool IsPolicy(ITypeSymbol? type) => type.IsOrImplements(_policy) || type.IsOrDerivesFrom(_pipeline) || type.IsOrDerivesFrom(_pipelineOfResult);

    /// <summary>True for the builders of version 8's pipelines.</summary>
    public bool IsPipelineBuilder(ITypeSymbol? type) => type.IsOrDerivesFrom(_pipelineBuilder);
}
