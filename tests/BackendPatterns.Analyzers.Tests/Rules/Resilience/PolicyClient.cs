namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>The class around the policies under test.</summary>
internal static class PolicyClient
{
    /// <summary>Returns a file with these members in a client.</summary>
    public static string With(string members) => $$"""
        using Grpc.Core;
        using Grpc.Net.Client;
        using Grpc.Net.Client.Configuration;
        using Microsoft.Extensions.Http.Resilience;
        using Polly;
        using Polly.CircuitBreaker;
        using Polly.Registry;
        using Polly.Retry;
        using Polly.Wrap;

        public class Client(HttpClient http, ShopContext db)
        {
            public object Services => (http, db);

            {{members}}
        }
        """;

    /// <summary>Returns a file with a method that registers services.</summary>
    public static string Registering(string statements, string more = "") => $$"""
        using Microsoft.Extensions.Http.Resilience;
        using Polly;
        using Polly.Extensions.Http;
        using Polly.Retry;
        using Polly.Timeout;

        public static class Registration
        {
            public static void Add(IServiceCollection services, IConfiguration configuration)
            {
                {{statements}}
            }
        }

        {{more}}
        """;
}
