namespace BackendPatterns.Analyzers.Model.Jobs;

/// <summary>What a job cannot be given.</summary>
public enum JobArgumentKind
{
    /// <summary>An entity: the job gets a copy without its context, as old as the queue is long.</summary>
    Entity,

    /// <summary>A <c>DbContext</c>, which is disposed with the request.</summary>
    Context,

    /// <summary><c>HttpContext</c>, <c>HttpRequest</c>, <c>HttpResponse</c>, which end with the request.</summary>
    Request,

    /// <summary>A <c>ClaimsPrincipal</c> or <c>ClaimsIdentity</c>, which do not survive being written as JSON.</summary>
    Principal,

    /// <summary>A stream.</summary>
    Stream,

    /// <summary><c>IFormFile</c>, <c>IFormCollection</c>, whose content is the body of the request.</summary>
    Form,

    /// <summary>A delegate, which is code and no data.</summary>
    Delegate,
}

/// <summary>How a scheduler keeps what a job is given.</summary>
public enum JobStore
{
    /// <summary>As text, read back by another process perhaps: Hangfire, Quartz with a persistent store.</summary>
    Text,

    /// <summary>As the object itself, in this process: Quartz by default.</summary>
    Memory,
}
