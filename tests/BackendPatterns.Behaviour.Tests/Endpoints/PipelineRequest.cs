using System.Text.RegularExpressions;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>One request of a case: <c>GET /secret as ada from a → 401, not 200 "ada"</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="User">Who has signed in, or null.</param>
/// <param name="Origin">The host of the page that asks, or null.</param>
/// <param name="Answer">The answer that the page states.</param>
/// <param name="RightAnswer">The answer of the pipeline in the right order.</param>
public sealed partial record PipelineRequest(string Method, string Path, string? User, string? Origin, string Answer, string RightAnswer)
{
    private const int LongestBody = 12;

    public static PipelineRequest Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
            throw new FormatException($"'{text}' is no request.");
        string? Part(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
        var answer = Part("answer")!;
        return new PipelineRequest(Part("method")!, Part("path")!, Part("user"), Part("origin"), answer, Part("right") ?? answer);
    }

    /// <summary>Sends the request and returns its answer in the words of the page.</summary>
    public async Task<string> AskAsync(RunningApplication application)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (User is not null)
            request.Headers.Add("Cookie", await SignInAsync(application, User));
        if (Origin is not null)
            request.Headers.Add("Origin", "http://" + Origin);
        if (Method == "OPTIONS")
            request.Headers.Add("Access-Control-Request-Method", "GET");
        try
        {
            using var response = await application.Send(request);
            var body = await response.Content.ReadAsStringAsync();
            return (int)response.StatusCode
                + (response.Headers.Contains("Access-Control-Allow-Origin") ? " CORS" : "")
                + (body.Length is > 0 and < LongestBody ? $" \"{body}\"" : "");
        }
        catch (InvalidOperationException)
        {
            return "fails";
        }
    }

    private static async Task<string> SignInAsync(RunningApplication application, string user)
    {
        using var response = await application.SendAnonymous("POST", "/sign-in/" + user);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    [GeneratedRegex("""^(?<method>[A-Z]+) (?<path>\S+)( as (?<user>\S+))?( from (?<origin>\S+))? → (?<answer>.+?)(, not (?<right>.+))?$""")]
    private static partial Regex Shape();
}
