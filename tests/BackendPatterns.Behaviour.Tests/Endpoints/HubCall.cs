using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// One call of a SignalR hub over a web socket, in the hub protocol's own JSON
/// (https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md).
/// </summary>
internal static class HubCall
{
    private const char EndOfMessage = '\u001e';

    /// <summary>
    /// Connects, calls a method without arguments, and returns the status of the answer: what the connection was refused with, 403 where the method was, otherwise 200.
    /// </summary>
    public static async Task<int> Send(TestServer server, string hub, string method, string? token)
    {
        var client = server.CreateWebSocketClient();
        if (token is not null)
            client.ConfigureRequest = request => request.Headers.Authorization = "Bearer " + token;
        WebSocket socket;
        try
        {
            socket = await client.ConnectAsync(new Uri(server.BaseAddress, hub), CancellationToken.None);
        }
        catch (InvalidOperationException refused) when (Regex.Match(refused.Message, @"status code: (\d+)") is { Success: true } match)
        {
            return int.Parse(match.Groups[1].Value);
        }

        using (socket)
        {
            await Write(socket, """{"protocol":"json","version":1}""");
            Assert.Equal("{}", await Read(socket));
            await Write(socket, $$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[]}""");
            string answer;
            do
                answer = await Read(socket);
            while (!answer.StartsWith("""{"type":3""", StringComparison.Ordinal));
            if (!answer.Contains("error", StringComparison.Ordinal))
                return 200;
            Assert.Contains("user is unauthorized", answer, StringComparison.Ordinal);
            return 403;
        }
    }

    private static Task Write(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>One message; the answers here are small, so it never spans two frames, but two of them may share one.</summary>
    private static async Task<string> Read(WebSocket socket)
    {
        var one = new byte[1];
        var message = new List<byte>();
        while (await socket.ReceiveAsync(one, CancellationToken.None) is { Count: 1 } && one[0] != EndOfMessage)
            message.Add(one[0]);
        return Encoding.UTF8.GetString([.. message]);
    }
}
