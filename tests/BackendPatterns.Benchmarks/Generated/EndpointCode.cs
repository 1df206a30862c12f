namespace BackendPatterns.Benchmarks.Generated;

/// <summary>Controllers and minimal-API endpoints.</summary>
internal static class EndpointCode
{
    public static bool HasController(GeneratedModule module) => !module.IsOneIn(3, 1);

    public static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module) => [HasController(module) ? Controller(module) : Endpoints(module)];

    private static GeneratedFile Controller(GeneratedModule module)
    {
        // One controller in eight lets everybody in, one in nine asks the database itself.
        var authorization = module.IsOneIn(8, 5) ? "" : "[Authorize]\n";
        var asksItself = module.IsOneIn(9, 5);
        var context = asksItself ? $", {module.Context} db" : "";
        var newest = asksItself
            ? $$"""


                    [HttpGet("newest")]
                    public async Task<ActionResult<string>> Newest(CancellationToken cancellation)
                    {
                        var newest = await db.{{module.Name}}s.OrderByDescending(x => x.CreatedAt).FirstOrDefaultAsync(cancellation);
                        return newest is null ? NotFound() : newest.Title;
                    }
                """
            : "";
        return module.File("Controllers", $"{module.Name}Controller", $$"""
            [ApiController]
            [Route("api/{{module.Variable}}s")]
            {{authorization}}public class {{module.Name}}Controller(I{{module.Name}}Service service{{context}}) : ControllerBase
            {
                [HttpGet("{id:int}")]
                public async Task<ActionResult<{{module.Name}}Details>> Get(int id, CancellationToken cancellation)
                {
                    var details = await service.GetAsync(id, cancellation);
                    return details is null ? NotFound() : details;
                }

                [HttpGet]
                public async Task<IReadOnlyList<{{module.Name}}Summary>> List([FromQuery] int ownerId, [FromQuery] int page, CancellationToken cancellation) =>
                    await service.PageAsync(ownerId, page, cancellation);

                [HttpGet("open")]
                public Task<int> CountOpen([FromQuery] int ownerId, CancellationToken cancellation) => service.CountOpenAsync(ownerId, cancellation);

                [HttpPost]
                public async Task<ActionResult> Create(Create{{module.Name}} request, CancellationToken cancellation)
                {
                    var id = await service.CreateAsync(request, cancellation);
                    return id is null ? Conflict() : CreatedAtAction(nameof(Get), new { id }, null);
                }

                [HttpPost("{id:int}/close")]
                public async Task<ActionResult> Close(int id, CancellationToken cancellation) =>
                    await service.CloseAsync(id, cancellation) ? NoContent() : NotFound();

                [HttpPost("approvals")]
                public Task<int> Approve(List<int> ids, CancellationToken cancellation) => service.ApproveAsync(ids, cancellation);{{newest}}
            }
            """);
    }

    private static GeneratedFile Endpoints(GeneratedModule module)
    {
        // One group in ten lets everybody in.
        var authorization = module.IsOneIn(10, 4) ? "" : ".RequireAuthorization()";
        return module.File("Endpoints", $"{module.Name}Endpoints", $$"""
            public static class {{module.Name}}Endpoints
            {
                public static void Map{{module.Name}}Endpoints(this IEndpointRouteBuilder app)
                {
                    var group = app.MapGroup("/{{module.Variable}}s"){{authorization}};

                    group.MapGet("/{id:int}", async (int id, I{{module.Name}}Service service, CancellationToken cancellation) =>
                        await service.GetAsync(id, cancellation) is { } details ? Results.Ok(details) : Results.NotFound());

                    group.MapGet("/", (int ownerId, int page, I{{module.Name}}Service service, CancellationToken cancellation) => service.PageAsync(ownerId, page, cancellation));

                    group.MapPost("/", Create);

                    group.MapPost("/{id:int}/close", async (int id, I{{module.Name}}Service service, CancellationToken cancellation) =>
                        await service.CloseAsync(id, cancellation) ? Results.NoContent() : Results.NotFound());

                    group.MapPost("/titles", (List<int> ids, I{{module.Name}}Service service, CancellationToken cancellation) => service.TitlesAsync(ids, cancellation));
                }

                private static async Task<IResult> Create(Create{{module.Name}} request, I{{module.Name}}Service service, CancellationToken cancellation)
                {
                    var id = await service.CreateAsync(request, cancellation);
                    return id is null ? Results.Conflict() : Results.Created($"/{{module.Variable}}s/{id}", null);
                }
            }
            """);
    }
}
