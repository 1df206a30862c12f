namespace BackendPatterns.Benchmarks.Generated;

/// <summary>Contracts and services.</summary>
internal static class ServiceCode
{
    public static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module) => [Contracts(module), Interface(module), Service(module)];

    private static GeneratedFile Contracts(GeneratedModule module) => module.File("Contracts", $"{module.Name}Contracts", $$"""
        public record {{module.Name}}Summary(int Id, string Reference, string Title, decimal Amount, string Status);

        public record {{module.Name}}LineDetails(string Description, int Quantity, decimal Price);

        public record {{module.Name}}Details(
            int Id,
            string Reference,
            string Title,
            decimal Amount,
            string Status,
            IReadOnlyList<{{module.Name}}LineDetails> Lines);

        public class Create{{module.Name}}
        {
            public string Reference { get; set; } = "";

            public string Title { get; set; } = "";

            public int OwnerId { get; set; }

            public List<{{module.Name}}LineDetails> Lines { get; set; } = [];
        }
        """);

    private static GeneratedFile Interface(GeneratedModule module) => module.File("Services", $"I{module.Name}Service", $$"""
        public interface I{{module.Name}}Service
        {
            Task<{{module.Name}}Details?> GetAsync(int id, CancellationToken cancellation);

            Task<IReadOnlyList<{{module.Name}}Summary>> PageAsync(int ownerId, int page, CancellationToken cancellation);

            Task<int?> CreateAsync(Create{{module.Name}} request, CancellationToken cancellation);

            Task<bool> CloseAsync(int id, CancellationToken cancellation);

            Task<int> ApproveAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation);

            Task<IReadOnlyList<string>> TitlesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation);

            Task<int> CountOpenAsync(int ownerId, CancellationToken cancellation);
        }
        """);

    private static GeneratedFile Service(GeneratedModule module) => module.File("Services", $"{module.Name}Service", $$"""
        public class {{module.Name}}Service(I{{module.Name}}Repository repository, IMemoryCache cache, ILogger<{{module.Name}}Service> logger) : I{{module.Name}}Service
        {
            private const int PageSize = {{20 + (5 * module.Vary(1, 7))}};

            public async Task<{{module.Name}}Details?> GetAsync(int id, CancellationToken cancellation)
            {
                var {{module.Variable}} = await repository.FindWithLinesAsync(id, cancellation);
                if ({{module.Variable}} is null)
                {
                    logger.LogInformation("{{module.Name}} {Id} was not found", id);
                    return null;
                }

                var lines = new List<{{module.Name}}LineDetails>();
                foreach (var line in {{module.Variable}}.Lines)
                    lines.Add(new {{module.Name}}LineDetails(line.Description, line.Quantity, line.Price));
                return new {{module.Name}}Details(
                    {{module.Variable}}.Id,
                    {{module.Variable}}.Reference,
                    {{module.Variable}}.Title,
                    {{module.Variable}}.Amount,
                    {{module.Variable}}.Status.ToString(),
                    lines);
            }

            public async Task<IReadOnlyList<{{module.Name}}Summary>> PageAsync(int ownerId, int page, CancellationToken cancellation) =>
                await repository.PageAsync(ownerId, Math.Max(0, page - 1) * PageSize, PageSize, cancellation);

            public async Task<int?> CreateAsync(Create{{module.Name}} request, CancellationToken cancellation)
            {
                if (string.IsNullOrWhiteSpace(request.Reference) || await repository.ExistsAsync(request.Reference, cancellation))
                    return null;
                var {{module.Variable}} = new {{module.Name}}
                {
                    Reference = request.Reference.Trim(),
                    Title = request.Title.Trim(),
                    OwnerId = request.OwnerId,
                    Status = {{module.Name}}Status.Open,
                    CreatedAt = DateTime.UtcNow,
                };
                foreach (var line in request.Lines)
                {
                    {{module.Variable}}.Amount += line.Quantity * line.Price;
                    {{module.Variable}}.Lines.Add(new {{module.Name}}Line { Description = line.Description, Quantity = line.Quantity, Price = line.Price });
                }

                repository.Add({{module.Variable}});
                await repository.SaveAsync(cancellation);
                logger.LogInformation("{{module.Name}} {Reference} was created", {{module.Variable}}.Reference);
                return {{module.Variable}}.Id;
            }

            public async Task<bool> CloseAsync(int id, CancellationToken cancellation)
            {
                var {{module.Variable}} = await repository.FindAsync(id, cancellation);
                if ({{module.Variable}} is null || {{module.Variable}}.Status == {{module.Name}}Status.Closed)
                    return false;
                {{module.Variable}}.Status = {{module.Name}}Status.Closed;
                {{module.Variable}}.ModifiedAt = DateTime.UtcNow;
                await repository.SaveAsync(cancellation);
                return true;
            }

            public async Task<int> ApproveAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation)
            {
                var approved = 0;
        {{Approval(module)}}
                return approved;
            }

        {{Titles(module)}}

            public async Task<int> CountOpenAsync(int ownerId, CancellationToken cancellation)
            {
                if (cache.TryGetValue(("{{module.Name}}", ownerId), out int known))
                    return known;
                var count = await repository.CountOpenAsync(ownerId, cancellation);
                cache.Set(("{{module.Name}}", ownerId), count, TimeSpan.FromMinutes({{1 + module.Vary(2, 9)}}));
                return count;
            }
        }
        """);

    // One module in five saves per row, the others once.
    private static string Approval(GeneratedModule module)
    {
        var perRow = module.IsOneIn(5, 2) ? "\n            await repository.SaveAsync(cancellation);" : "";
        var once = perRow.Length == 0 ? "\n        await repository.SaveAsync(cancellation);" : "";
        return $$"""
                    foreach (var id in ids.Distinct().Order())
                    {
                        var {{module.Variable}} = await repository.FindAsync(id, cancellation);
                        if ({{module.Variable}} is null || {{module.Variable}}.Status != {{module.Name}}Status.Open)
                            continue;
                        {{module.Variable}}.Status = {{module.Name}}Status.Approved;
                        {{module.Variable}}.ModifiedAt = DateTime.UtcNow;
                        approved++;{{perRow}}
                    }
            {{once}}
            """.TrimEnd();
    }

    // One module in four asks for each title on its own.
    private static string Titles(GeneratedModule module) => module.IsOneIn(4)
        ? $$"""
                public async Task<IReadOnlyList<string>> TitlesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation)
                {
                    var titles = new List<string>();
                    foreach (var id in ids)
                    {
                        var found = await repository.FindAsync(id, cancellation);
                        titles.Add(found?.Title ?? "");
                    }

                    return titles;
                }
            """
        : """
                public async Task<IReadOnlyList<string>> TitlesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation)
                {
                    var titles = await repository.TitlesAsync(ids, cancellation);
                    return [.. ids.Select(id => titles.GetValueOrDefault(id, ""))];
                }
            """;
}
