using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>Libraries whose asynchronous calls talk to another process: brokers, clouds, mail, payment, storage.</summary>
internal static class RemoteLibraries
{
    private static readonly string[] Spaces =
    [
        "Azure", "Microsoft.Azure", "Amazon", "Google.Cloud", "Confluent.Kafka", "RabbitMQ.Client", "StackExchange.Redis", "MongoDB.Driver", "Npgsql", "Microsoft.Data.SqlClient",
        "MySqlConnector", "MailKit", "NATS", "Nats", "MQTTnet", "Minio", "RestSharp", "Flurl.Http", "Refit", "Elastic", "Nest", "Elasticsearch", "Stripe", "Octokit", "Twilio", "SendGrid",
        "Renci.SshNet", "FluentFTP", "InfluxDB", "Cassandra", "Neo4j", "Raven.Client", "Marten", "EventStore", "MassTransit", "NServiceBus", "Rebus", "DotNetCore.CAP",
        "System.Net.Http", "System.Net.Mail", "System.Net.WebSockets", "System.Net.Sockets", "System.Data.Common", "Microsoft.AspNetCore.SignalR.Client", "Telegram.Bot", "Discord",
    ];

    private static readonly HashSet<string> Quiet = new(StringComparer.Ordinal) { "DisposeAsync", "CloseAsync", "StopAsync", "ReadAsStringAsync", "ReadAsByteArrayAsync", "ReadAsStreamAsync" };

    /// <summary>True for a method of such a library that sends or asks something. Closing and cleaning up do not count.</summary>
    public static bool IsCall(IMethodSymbol method)
    {
        if (Quiet.Contains(method.Name))
            return false;
        var space = method.ContainingType?.ContainingNamespace;
        if (space is not { IsGlobalNamespace: false })
            return false;
        foreach (var name in Spaces)
        {
            if (space.IsBelow(name))
                return true;
        }

        return false;
    }
}
