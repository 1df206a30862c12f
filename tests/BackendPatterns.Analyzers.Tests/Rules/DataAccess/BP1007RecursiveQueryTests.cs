using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Query = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1007RecursiveQueryAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1007RecursiveQueryTests
{
    private const string ForEach = """
        public async Task<Node> LoadAsync(int id)
        {
            var node = new Node(id);
            var children = await db.Categories.Where(c => c.ParentId == id).ToListAsync();
            foreach (var child in children)
                node.Children.Add(await [|LoadAsync(child.Id)|]);
            return node;
        }
        """;

    private const string OverTheQuery = """
        public List<int> Below(int id)
        {
            var found = new List<int>();
            foreach (var child in db.Categories.Where(c => c.ParentId == id).ToList())
            {
                found.Add(child.Id);
                found.AddRange([|Below(child.Id)|]);
            }

            return found;
        }
        """;

    private const string Lambda = """
        public Node Load(Category category)
        {
            var children = db.Categories.Where(c => c.ParentId == category.Id).ToList();
            return new Node(category.Id) { Children = children.Select(child => [|Load(child)|]).ToList() };
        }
        """;

    private const string MethodGroup = """
        public Node Load(Category category)
        {
            var children = db.Categories.Where(c => c.ParentId == category.Id).ToList();
            return new Node(category.Id) { Children = children.Select([|Load|]).ToList() };
        }
        """;

    private const string LocalFunction = """
        public async Task<List<int>> BelowAsync(int root)
        {
            var found = new List<int>();
            await Walk(root);
            return found;

            async Task Walk(int id)
            {
                foreach (var child in await db.Categories.Where(c => c.ParentId == id).ToListAsync())
                {
                    found.Add(child.Id);
                    await [|Walk(child.Id)|];
                }
            }
        }
        """;

    private const string ThroughAHelper = """
        public async Task LoadAsync(Node node)
        {
            var children = await db.Categories.Where(c => c.ParentId == node.Id).ToListAsync();
            foreach (var child in children)
                await [|AddAsync(node, child)|];
        }

        private async Task AddAsync(Node node, Category child)
        {
            var added = new Node(child.Id);
            node.Children.Add(added);
            await LoadAsync(added);
        }
        """;

    private const string ExplicitLoading = """
        public async Task FillAsync(Category category)
        {
            await db.Entry(category).Collection(c => c.Children).LoadAsync();
            foreach (var child in category.Children)
                await [|FillAsync(child)|];
        }
        """;

    private const string UnusedDepth = """
        public async Task<int> HeightAsync(int id, int depth)
        {
            var height = depth;
            foreach (var child in await db.Categories.Where(c => c.ParentId == id).ToListAsync())
                height = Math.Max(height, await [|HeightAsync(child.Id, depth + 1)|]);
            return height;
        }
        """;

    [Theory]
    [InlineData(ForEach)]
    [InlineData(OverTheQuery)]
    [InlineData(Lambda)]
    [InlineData(MethodGroup)]
    [InlineData(LocalFunction)]
    [InlineData(ThroughAHelper)]
    [InlineData(ExplicitLoading)]
    [InlineData(UnusedDepth)]
    public Task QueryPerNode_IsReported(string methods) => Verify.Reported(In(methods));

    [Theory]
    [InlineData(ForEach)]
    [InlineData(OverTheQuery)]
    [InlineData(Lambda)]
    [InlineData(MethodGroup)]
    [InlineData(LocalFunction)]
    [InlineData(ThroughAHelper)]
    [InlineData(ExplicitLoading)]
    public Task QueryPerNode_IsNotAlsoAQueryInALoop(string methods) => Query.Silent(In(methods).Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));

    [Fact]
    public Task Message_NamesTheMethod() => Verify.Reported(
        In("""
            public async Task<int> CountAsync(int id)
            {
                var count = 0;
                {|#1:foreach|} (var child in await {|#2:db.Categories.Where(c => c.ParentId == id).ToListAsync()|})
                    count += 1 + await {|#0:CountAsync(child.Id)|};
                return count;
            }
            """),
        expected: new DiagnosticResult(BP1007RecursiveQueryAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'CountAsync' calls itself for each child and runs a query each time; load the tree with one query"));

    [Fact]
    public Task DepthComparedWithAConstant_IsSilent() => Verify.Silent(In("""
        private const int Deepest = 3;

        public async Task<Node> LoadAsync(int id, int depth = 0)
        {
            var node = new Node(id);
            if (depth >= Deepest)
                return node;
            foreach (var child in await db.Categories.Where(c => c.ParentId == id).ToListAsync())
                node.Children.Add(await LoadAsync(child.Id, depth + 1));
            return node;
        }
        """));

    [Fact]
    public Task DecreasingDepth_IsSilent() => Verify.Silent(In("""
        public List<int> Below(int id, int levels)
        {
            var found = new List<int>();
            if (levels == 0)
                return found;
            foreach (var child in db.Categories.Where(c => c.ParentId == id).ToList())
                found.AddRange(Below(child.Id, levels - 1));
            return found;
        }
        """));

    [Fact]
    public Task TreeLoadedAtOnce_IsSilent() => Verify.Silent(In("""
        public async Task<Node> LoadAsync(int root)
        {
            var byParent = (await db.Categories.ToListAsync()).ToLookup(c => c.ParentId);
            return Build(root);

            Node Build(int id) => new(id) { Children = byParent[id].Select(child => Build(child.Id)).ToList() };
        }
        """));

    [Fact]
    public Task QueryThatDoesNotDependOnTheNode_IsSilent() => Verify.Silent(In("""
        public async Task<int> CountAsync(Node node)
        {
            var all = await db.Categories.CountAsync();
            foreach (var child in node.Children)
                all += await CountAsync(child);
            return all;
        }
        """));

    [Fact]
    public Task CachedRecursion_IsSilent() => Verify.Silent(In("""
        private readonly Dictionary<int, List<Category>> known = new();

        public int Count(int id)
        {
            if (!known.TryGetValue(id, out var children))
            {
                children = db.Categories.Where(c => c.ParentId == id).ToList();
                known.Add(id, children);
            }

            var count = children.Count;
            foreach (var child in children)
                count += Count(child.Id);
            return count;
        }
        """));

    [Fact]
    public Task WalkUpToTheRoot_IsSilent() => Verify.Silent(In("""
        public async Task<int> RootAsync(int id)
        {
            var category = await db.Categories.FindAsync(id);
            return category?.ParentId is { } parent ? await RootAsync(parent) : id;
        }
        """));

    [Fact]
    public Task SearchInTheTree_IsSilent() => Verify.Silent(In("""
        public async Task<Category?> FindAsync(int id, string name)
        {
            foreach (var child in await db.Categories.Where(c => c.ParentId == id).ToListAsync())
            {
                if (child.Name == name)
                    return child;
                var found = await FindAsync(child.Id, name);
                if (found is not null)
                    return found;
            }

            return null;
        }
        """));

    [Fact]
    public Task OverloadWithTheSameName_IsSilent() => Verify.Silent(In("""
        public async Task LoadAsync(List<int> ids)
        {
            foreach (var id in ids)
                _ = await LoadAsync(id);
        }

        public async Task<Category?> LoadAsync(int id) => await db.Categories.FindAsync(id);
        """));

    [Fact]
    public Task RecursionThatSaves_IsTheSavesFinding() => Verify.Silent(In("""
        public async Task DeleteAsync(int id)
        {
            foreach (var child in await db.Categories.Where(c => c.ParentId == id).ToListAsync())
                await DeleteAsync(child.Id);
            await db.Categories.Where(c => c.Id == id).ExecuteDeleteAsync();
        }
        """));

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(In(ForEach).Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)
        .Replace("class Tree(", "class TreeSeeder(", StringComparison.Ordinal));

    private static string In(string methods) => $$"""
        public class Tree(TreeContext db)
        {
        {{methods}}
        }

        public class Category
        {
            public int Id { get; set; }
            public int? ParentId { get; set; }
            public string Name { get; set; } = "";
            public List<Category> Children { get; set; } = new();
        }

        public class TreeContext(DbContextOptions<TreeContext> options) : DbContext(options)
        {
            public DbSet<Category> Categories => Set<Category>();
        }

        public class Node(int id)
        {
            public int Id { get; } = id;
            public List<Node> Children { get; set; } = new();
        }
        """;
}
