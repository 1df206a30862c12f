namespace BackendPatterns.Benchmarks.Generated;

/// <summary>Entities, their configuration, the database context and the repositories.</summary>
internal static class DataCode
{
    private static readonly (string Type, string Name)[] MoreColumns =
    [
        ("string?", "Note"), ("int?", "ParentId"), ("bool", "IsUrgent"), ("decimal", "Discount"), ("DateTime?", "DueAt"), ("string", "Currency"), ("int", "Priority"), ("Guid", "ExternalId"),
        ("string?", "City"), ("double", "Weight"), ("DateTime?", "ClosedAt"), ("string", "Language"), ("int", "Attempts"), ("bool", "IsArchived"),
    ];

    public static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module) => [Entity(module), Configuration(module), RepositoryInterface(module), Repository(module)];

    public static GeneratedFile Context(IReadOnlyList<GeneratedModule> area)
    {
        var first = area[0];
        var sets = string.Join("\n\n", area.Select(module => $"    public DbSet<{module.Name}> {module.Name}s => Set<{module.Name}>();"));
        var configurations = string.Join("\n", area.Select(module => $"        builder.ApplyConfiguration(new {module.Name}Configuration());"));
        return first.File("Data", first.Context, $$"""
            public class {{first.Context}}(DbContextOptions<{{first.Context}}> options) : DbContext(options)
            {
            {{sets}}

                protected override void OnModelCreating(ModelBuilder builder)
                {
            {{configurations}}
                }
            }
            """);
    }

    private static IEnumerable<(string Type, string Name)> Columns(GeneratedModule module) =>
        MoreColumns.Where((_, index) => module.Vary(index, 3) != 0);

    private static GeneratedFile Entity(GeneratedModule module)
    {
        var columns = string.Join("\n\n", Columns(module).Select(column =>
            $"    public {column.Type} {column.Name} {{ get; set; }}{(column.Type == "string" ? " = \"\";" : "")}"));
        return module.File("Entities", module.Name, $$"""
            public enum {{module.Name}}Status
            {
                Draft,
                Open,
                Approved,
                Rejected,
                Closed,
            }

            public class {{module.Name}}
            {
                public int Id { get; set; }

                public string Reference { get; set; } = "";

                public string Title { get; set; } = "";

                public int OwnerId { get; set; }

                public decimal Amount { get; set; }

                public {{module.Name}}Status Status { get; set; }

                public DateTime CreatedAt { get; set; }

                public DateTime? ModifiedAt { get; set; }

            {{columns}}

                public List<{{module.Name}}Line> Lines { get; } = [];
            }

            public class {{module.Name}}Line
            {
                public int Id { get; set; }

                public int {{module.Name}}Id { get; set; }

                public {{module.Name}}? {{module.Name}} { get; set; }

                public string Description { get; set; } = "";

                public int Quantity { get; set; }

                public decimal Price { get; set; }
            }
            """);
    }

    private static GeneratedFile Configuration(GeneratedModule module)
    {
        var columns = string.Join("\n", Columns(module).Where(column => column.Type.StartsWith("string", StringComparison.Ordinal))
            .Select(column => $"        builder.Property(x => x.{column.Name}).HasMaxLength({100 + (10 * module.Vary(column.Name.Length, 20))});"));
        return module.File("Data", module.Name + "Configuration", $$"""
            public class {{module.Name}}Configuration : IEntityTypeConfiguration<{{module.Name}}>
            {
                public void Configure(EntityTypeBuilder<{{module.Name}}> builder)
                {
                    builder.ToTable("{{module.Name}}s");
                    builder.HasKey(x => x.Id);
                    builder.Property(x => x.Reference).HasMaxLength(40).IsRequired();
                    builder.Property(x => x.Title).HasMaxLength(200).IsRequired();
                    builder.Property(x => x.Amount).HasPrecision(18, 2);
            {{columns}}
                    builder.HasIndex(x => x.Reference).IsUnique();
                    builder.HasIndex(x => new { x.OwnerId, x.CreatedAt });
                    builder.HasMany(x => x.Lines).WithOne(x => x.{{module.Name}}).HasForeignKey(x => x.{{module.Name}}Id).OnDelete(DeleteBehavior.Cascade);
                }
            }
            """);
    }

    private static GeneratedFile RepositoryInterface(GeneratedModule module) => module.File("Data", $"I{module.Name}Repository", $$"""
        public interface I{{module.Name}}Repository
        {
            Task<{{module.Name}}?> FindAsync(int id, CancellationToken cancellation);

            Task<{{module.Name}}?> FindWithLinesAsync(int id, CancellationToken cancellation);

            Task<List<{{module.Name}}Summary>> PageAsync(int ownerId, int skip, int take, CancellationToken cancellation);

            Task<Dictionary<int, string>> TitlesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation);

            Task<bool> ExistsAsync(string reference, CancellationToken cancellation);

            Task<int> CountOpenAsync(int ownerId, CancellationToken cancellation);

            void Add({{module.Name}} {{module.Variable}});

            Task SaveAsync(CancellationToken cancellation);
        }
        """);

    private static GeneratedFile Repository(GeneratedModule module)
    {
        // One module in six loads the rows to count them, one in eight asks for a count to know whether there is a row.
        var count = module.IsOneIn(6, 1)
            ? $"(await db.{module.Name}s.Where(x => x.OwnerId == ownerId && x.Status == {module.Name}Status.Open).ToListAsync(cancellation)).Count"
            : $"await db.{module.Name}s.CountAsync(x => x.OwnerId == ownerId && x.Status == {module.Name}Status.Open, cancellation)";
        var exists = module.IsOneIn(8, 3)
            ? $"await db.{module.Name}s.CountAsync(x => x.Reference == reference, cancellation) > 0"
            : $"await db.{module.Name}s.AnyAsync(x => x.Reference == reference, cancellation)";
        return module.File("Data", $"{module.Name}Repository", $$"""
            public class {{module.Name}}Repository({{module.Context}} db) : I{{module.Name}}Repository
            {
                public async Task<{{module.Name}}?> FindAsync(int id, CancellationToken cancellation) =>
                    await db.{{module.Name}}s.FirstOrDefaultAsync(x => x.Id == id, cancellation);

                public async Task<{{module.Name}}?> FindWithLinesAsync(int id, CancellationToken cancellation) =>
                    await db.{{module.Name}}s.Include(x => x.Lines).FirstOrDefaultAsync(x => x.Id == id, cancellation);

                public Task<List<{{module.Name}}Summary>> PageAsync(int ownerId, int skip, int take, CancellationToken cancellation) =>
                    db.{{module.Name}}s
                        .Where(x => x.OwnerId == ownerId)
                        .OrderByDescending(x => x.CreatedAt)
                        .ThenBy(x => x.Id)
                        .Skip(skip)
                        .Take(take)
                        .Select(x => new {{module.Name}}Summary(x.Id, x.Reference, x.Title, x.Amount, x.Status.ToString()))
                        .ToListAsync(cancellation);

                public Task<Dictionary<int, string>> TitlesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation) =>
                    db.{{module.Name}}s
                        .Where(x => ids.Contains(x.Id))
                        .Select(x => new { x.Id, x.Title })
                        .ToDictionaryAsync(x => x.Id, x => x.Title, cancellation);

                public async Task<bool> ExistsAsync(string reference, CancellationToken cancellation) =>
                    {{exists}};

                public async Task<int> CountOpenAsync(int ownerId, CancellationToken cancellation) =>
                    {{count}};

                public void Add({{module.Name}} {{module.Variable}}) => db.{{module.Name}}s.Add({{module.Variable}});

                public Task SaveAsync(CancellationToken cancellation) => db.SaveChangesAsync(cancellation);
            }
            """);
    }
}
