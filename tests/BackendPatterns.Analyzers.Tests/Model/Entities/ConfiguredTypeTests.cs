using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class ConfiguredTypeTests
{
    [Theory]
    [InlineData("builder.HasKey(x => x.Code);")]
    [InlineData("builder.ToTable(\"Things\").HasKey(nameof(Thing.Code));")]
    [InlineData("builder.Property<string>(\"Shadow\").HasMaxLength(10).IsRequired();")]
    [InlineData("builder.Property(x => x.Code).HasConversion(v => v.Trim(), v => Convert.ToString(v)).HasColumnName(\"code\");")]
    [InlineData("builder.HasData(Enumerable.Range(1, 3).Select(i => new Thing { Id = i }));")]
    [InlineData("builder.HasOne(x => x.Note).WithMany().OnDelete(DeleteBehavior.Cascade); builder.HasIndex(x => new { x.Id, x.Code }).IsUnique();")]
    [InlineData("var wide = true; if (wide) { builder.Ignore(x => x.Code); }")]
    public void MethodThatSpeaksOfMembers_ConfiguresItsTypeAlone(string statements) => Assert.Equal("Thing", TypeIn(statements));

    [Theory]
    [InlineData("builder.OwnsOne(x => x.Note, n => n.Property(y => y.Text));")]
    [InlineData("builder.ComplexProperty(x => x.Note);")]
    [InlineData("builder.HasQueryFilter(x => x.Id > 0);")]
    [InlineData("builder.HasMany(x => x.Notes).WithMany().UsingEntity(\"Links\");")]
    [InlineData("builder.Audited();")]
    [InlineData("Helpers.Audited(builder);")]
    [InlineData("Common(builder);")]
    [InlineData("var key = builder.HasKey(x => x.Id); key.HasName(\"pk\");")]
    [InlineData("Other.Property(x => x.Text);")]
    public void MethodThatMaySpeakOfMore_IsReadWithTheOthers(string statements) => Assert.Null(TypeIn(statements));

    [Fact]
    public void ConfigurationOfTypeParameter_IsReadWithTheOthers() =>
        Assert.Null(TypeIn("builder.HasKey(x => x.Code);", configuration: "public class Configuration<T> : IEntityTypeConfiguration<T> where T : Thing", builder: "EntityTypeBuilder<T>"));

    /// <summary>What is read later says the same as what is read at once: about the type, what it derives from, and what a helper of the same name as a builder's method adds.</summary>
    [Theory]
    [InlineData("builder.HasKey(x => x.Code); builder.Ignore(x => x.Secret);", "Code", "Id,Code")]
    [InlineData("builder.OwnsOne(x => x.Note); builder.HasKey(x => x.Code); builder.Ignore(x => x.Secret);", "Code", "Id,Code")]
    [InlineData("builder.HasComment(1); builder.HasKey(x => x.Code);", "Code", "Id,Code")]
    public void Configuration_IsTheSame_HoweverItIsRead(string statements, string key, string columns)
    {
        var test = Compile(statements);
        var type = test.Model.Entities.Find(test.Compilation.GetTypeByMetadataName("Thing")!)!;

        Assert.Equal(key, string.Join(",", type.Key));
        Assert.Equal(columns, string.Join(",", type.Columns.Where(column => !column.Contains('.'))));
    }

    [Fact]
    public void ConfigurationOfABaseType_CountsForDerivedOnes()
    {
        var test = Compile("builder.HasKey(x => x.Code); builder.Ignore(x => x.Secret);", "public class Derived : Thing { public int Size { get; set; } } public class DerivedContext : DbContext { public DbSet<Derived> All { get; set; } = null!; }");
        var type = test.Model.Entities.Find(test.Compilation.GetTypeByMetadataName("Derived")!)!;

        Assert.Equal("Code", string.Join(",", type.Key));
        Assert.Equal(EntityMemberKind.NotMapped, type.Member("Secret")!.Kind);
    }

    private static string? TypeIn(string statements, string configuration = "public class Configuration : IEntityTypeConfiguration<Thing>", string builder = "EntityTypeBuilder<Thing>")
    {
        var test = Compile(statements, configuration: configuration, builder: builder);
        var type = test.Compilation.GetTypeByMetadataName("Configuration") ?? test.Compilation.GetTypeByMetadataName("Configuration`1")!;
        return ConfiguredType.Of((IMethodSymbol)type.GetMembers("Configure").Single())?.Name;
    }

    private static ModelTest Compile(
        string statements, string other = "", string configuration = "public class Configuration : IEntityTypeConfiguration<Thing>", string builder = "EntityTypeBuilder<Thing>") => ModelTest.Compile($$"""
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        public class Thing
        {
            public int Id { get; set; }
            public string Code { get; set; } = "";
            public string Secret { get; set; } = "";
            public Note Note { get; set; } = null!;
            public List<Note> Notes { get; set; } = null!;
        }
        public class Note { public string Text { get; set; } = ""; }
        {{other}}
        public static class Helpers
        {
            public static void Audited(this EntityTypeBuilder<Thing> builder) => builder.Ignore(x => x.Secret);
            public static void HasComment(this EntityTypeBuilder<Thing> builder, int level) => builder.Ignore(x => x.Secret);
        }
        {{configuration}}
        {
            private EntityTypeBuilder<Note> Other => null!;
            private static void Common(EntityTypeBuilder<Thing> builder) { }
            public void Configure({{builder}} builder) { {{statements}} }
        }
        """);
}
