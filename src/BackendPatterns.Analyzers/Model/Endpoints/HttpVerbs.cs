namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The HTTP methods that an endpoint answers.</summary>
[Flags]
public enum HttpVerbs
{
    /// <summary>Nothing known: a conventional action without a verb attribute answers any method.</summary>
    Unknown = 0,
    Get = 1,
    Head = 2,
    Options = 4,
    Post = 8,
    Put = 16,
    Patch = 32,
    Delete = 64,
    Other = 128,
}

/// <summary>Questions about sets of HTTP methods.</summary>
public static class HttpVerbsExtensions
{
    private const HttpVerbs Changing = HttpVerbs.Post | HttpVerbs.Put | HttpVerbs.Patch | HttpVerbs.Delete;

    /// <summary>True where the endpoint is there to change something: it answers POST, PUT, PATCH or DELETE, and not GET as well (a search form, an OAuth endpoint).</summary>
    public static bool ChangeState(this HttpVerbs verbs) => (verbs & Changing) != 0 && (verbs & HttpVerbs.Get) == 0;

    /// <summary>Returns the verb with this name, in any case; <see cref="HttpVerbs.Other"/> for TRACE, CONNECT and invented ones.</summary>
    public static HttpVerbs Named(string name) => name.ToUpperInvariant() switch
    {
        "GET" => HttpVerbs.Get,
        "HEAD" => HttpVerbs.Head,
        "OPTIONS" => HttpVerbs.Options,
        "POST" => HttpVerbs.Post,
        "PUT" => HttpVerbs.Put,
        "PATCH" => HttpVerbs.Patch,
        "DELETE" => HttpVerbs.Delete,
        _ => HttpVerbs.Other,
    };
}
