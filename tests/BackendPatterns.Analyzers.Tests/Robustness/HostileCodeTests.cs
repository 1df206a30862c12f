using System.Collections.Immutable;
using BackendPatterns.Analyzers.Tests.Repository;
using BackendPatterns.Analyzers.Tests.Robustness.Mutation;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>No rule, no fix and not the generator throws on code that refers to itself, on libraries that are missing or there twice, and on types that only look like known ones.</summary>
public class HostileCodeTests
{
    private static readonly ImmutableArray<string> Libraries =
    [
        "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "Dapper", "Polly", "StackExchange", "MongoDB", "Grpc", "Hangfire", "Quartz", "System.Linq", "System.Collections",
        "System.Threading", "System.Net.Http", "System.Runtime",
    ];

    private static readonly DocumentExaminer Examiner = new(new DocumentExaminer.Effort(FixedReports: 40, WholeProject: true, Facts: true));

    // For the sample, once for each of many sets of libraries: which of its reports are fixed differs from set to set.
    private static readonly DocumentExaminer SomeFixes = new(new DocumentExaminer.Effort(FixedReports: 10, WholeProject: true, Facts: true));

    public static TheoryData<int> Cycles => new(Enumerable.Range(0, HostileSources.Cycles.Length));

    public static TheoryData<int> LookAlikes => new(Enumerable.Range(0, HostileSources.LookAlikes.Length));

    [Theory]
    [MemberData(nameof(Cycles))]
    public Task CodeThatRefersToItself_IsAnalysed(int which) => Examine(WithShop(HostileSources.Cycles[which]), TestReferences.All);

    [Theory]
    [MemberData(nameof(LookAlikes))]
    public async Task LookAlikes_AreAnalysed(int which)
    {
        ImmutableArray<(string, string)> files = [("Test.cs", HostileSources.LookAlikes[which])];
        // In place of the library, beside it, and with nothing else.
        await Examine(files, TestReferences.Without("Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "Dapper", "Polly", "StackExchange"));
        await Examine(files, TestReferences.All);
        await Examine(files, []);
    }

    [Fact]
    public async Task LookAlikesInAReference_AreAnalysed()
    {
        // Each look-alike is in two references, so that every type is defined twice and more; with an alias they are out of reach for names.
        foreach (var (number, text) in HostileSources.LookAlikes.Index())
        {
            var one = Compiled("One", text, TestReferences.All);
            var two = Compiled("Two", text, TestReferences.All);
            var used = HostileSources.LookAlikes[number][HostileSources.LookAlikes[number].IndexOf("namespace App", StringComparison.Ordinal)..];
            ImmutableArray<(string, string)> files = [("Test.cs", used)];
            await Examine(files, [.. TestReferences.All, one.ToMetadataReference(), two.ToMetadataReference()]);
            await Examine(files, [.. TestReferences.Without("Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore"), one.ToMetadataReference(), two.ToMetadataReference(aliases: ["other"])]);
        }
    }

    [Fact]
    public async Task EachLibraryMissing_IsAnalysed()
    {
        foreach (var (number, library) in Libraries.Index())
            await Examine(SomeFixes, new Random(number), Sample, TestReferences.Without(library), OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task OneLibraryAlone_IsAnalysed()
    {
        foreach (var library in Libraries)
            await Examine(Sample, TestReferences.Without([.. Libraries.Where(other => other != library)]), OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task SubsetsOfLibraries_AreAnalysed()
    {
        var random = new Random(1);
        for (var subset = 0; subset < 10; subset++)
            await Examine(Sample, TestReferences.Without([.. Libraries.Where(_ => random.Next(2) == 0)]), OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task SeveralVersionsOfALibrary_AreAnalysed()
    {
        // Every type of the older versions is there again, under the same name, in an assembly of another version.
        await Examine(Sample, TestReferences.All.AddRange(TestReferences.WithEfCore(8)).AddRange(TestReferences.WithEfCore(9)), OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task ShopInSourceAndInAReference_IsAnalysed()
    {
        var shop = Compiled("Shop", Shop.GlobalUsings + "\n" + Shop.Domain, TestReferences.All);
        foreach (var cycle in HostileSources.Cycles)
            await Examine(WithShop(cycle), [.. TestReferences.All, Image(shop), Image(shop.WithAssemblyName("Shop2")).WithAliases(["global", "shop"])]);
    }

    [Fact]
    public async Task ProjectsThatReferToEachOther_AreAnalysed()
    {
        // A project cannot, but half of an edit can: B refers to A as it was before A referred to B.
        var oldA = Compiled("A", "namespace A; public class Orders { public int Find(int id) => id; }", TestReferences.All);
        var b = Compiled("B", "namespace B; public class Orders : A.Orders { public int All() { for (var n = 0; n < 9; n++) Find(n); return 1; } }", [.. TestReferences.All, Image(oldA)]);
        await Examine(
            [("Usings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain), ("A.cs", "namespace A; public class Orders(ShopContext db) : B.Orders { public new int Find(int id) { for (var n = 0; n < 9; n++) base.Find(n); return db.Orders.Find(id)!.Id; } }")],
            [.. TestReferences.All, Image(oldA), Image(b)]);
    }

    [Fact]
    public async Task SampleFilesTwice_AreAnalysed() =>
        await Examine(Sample.AddRange(Sample.Select(file => ("Copy/" + file.Path, file.Text))), TestReferences.All, OutputKind.ConsoleApplication);

    [Fact]
    public async Task ExternAliases_AreAnalysed()
    {
        const string Source = """
            extern alias ef;
            extern alias missing;
            using Alias = ef::Microsoft.EntityFrameworkCore;
            using Context = ef::Microsoft.EntityFrameworkCore.DbContext;
            using None = missing::Microsoft.EntityFrameworkCore.DbContext;
            public class Row { public int Id { get; set; } }
            public class Db(Alias.DbContextOptions options) : Context(options)
            {
                public Alias.DbSet<Row> Rows { get; set; } = null!;
                public None? Other { get; set; }
                public void All(int[] ids) { foreach (var id in ids) { Rows.Find(id); Other.SaveChanges(); SaveChanges(); } }
            }
            """;
        var references = TestReferences.All.Select(reference => reference.Display!.Contains("EntityFrameworkCore", StringComparison.Ordinal) ? reference.WithAliases(["ef"]) : reference);
        await Examine([("Test.cs", Source)], references);
    }

    private static ImmutableArray<(string Path, string Text)> Sample { get; } = SourceFolder.Read("samples/Markets.Api").Files.Add(("ImplicitUsings.cs", SourceFolder.ImplicitUsings));

    private static ImmutableArray<(string Path, string Text)> WithShop(string text) => [("Usings.cs", Shop.GlobalUsings), ("Shop.cs", Shop.Domain), ("Test.cs", text)];

    private static CSharpCompilation Compiled(string name, string text, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, [SourceFolder.Parse(text, name + ".cs")], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>As a file would be: a workspace does not take compilations as references.</summary>
    private static PortableExecutableReference Image(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Task Examine(ImmutableArray<(string Path, string Text)> files, IEnumerable<MetadataReference> references, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        Examine(Examiner, new Random(1), files, references, output);

    private static async Task Examine(
        DocumentExaminer examiner, Random chance, ImmutableArray<(string Path, string Text)> files, IEnumerable<MetadataReference> references, OutputKind output)
    {
        using var limit = new ProcessorTimeLimit(ProcessorTimeLimit.PerDocument);
        var outcome = await limit.Run(cancellation => examiner.Examine([.. ProjectInMemory.Of(files, references, output).Documents], chance, cancellation));
        Assert.True(outcome.Findings.IsEmpty, string.Join("\n", outcome.Findings.Select(finding => $"{finding.Where}: {finding.What}")));
    }
}
