using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class EntityModelTests
{
    [Theory]
    [InlineData("public int Id { get; set; }", "Id")]
    [InlineData("public int ID { get; set; }", "ID")]
    [InlineData("public int ThingId { get; set; }", "ThingId")]
    [InlineData("public int Id { get; set; } public int ThingId { get; set; }", "Id")]
    [InlineData("[Key] public int Number { get; set; } public int Id { get; set; }", "Number")]
    public void Key_IsFoundByConventionOrAttribute(string members, string key) => Assert.Equal(key, string.Join(",", Thing(members).Key));

    [Fact]
    public void CompositeKey_IsReadFromTheTypeAttribute() =>
        Assert.Equal("A,B", string.Join(",", Thing("public int A { get; set; } public int B { get; set; }", "[PrimaryKey(nameof(Thing.A), nameof(Thing.B))]").Key));

    [Fact]
    public void KeylessType_HasNoKey() => Assert.Empty(Thing("public int Id { get; set; }", "[Keyless]").Key);

    [Theory]
    [InlineData("model.Entity<Thing>().HasKey(x => x.Code);", "Code")]
    [InlineData("model.Entity<Thing>().HasKey(\"Code\");", "Code")]
    [InlineData("model.Entity<Thing>(b => b.HasKey(x => x.Code));", "Code")]
    [InlineData("Configure(model);", "Code")]
    [InlineData("model.Entity<Thing>().HasKey(x => new { x.Code, x.Id });", "Code,Id")]
    [InlineData("model.Entity<Thing>().HasNoKey();", "")]
    public void Key_IsReadFromFluentConfiguration(string statement, string key)
    {
        var type = Configured(statement, "private static void Configure(ModelBuilder model) => model.Entity<Thing>().HasKey(x => x.Code);");
        Assert.Equal(key, string.Join(",", type.Key));
    }

    [Theory]
    [InlineData("int")]
    [InlineData("string?")]
    [InlineData("decimal?")]
    [InlineData("Guid")]
    [InlineData("DateTimeOffset")]
    [InlineData("DateOnly")]
    [InlineData("byte[]")]
    [InlineData("DayOfWeek")]
    [InlineData("Uri")]
    [InlineData("List<string>")]
    [InlineData("int[]")]
    [InlineData("System.Text.Json.JsonDocument")]
    public void Value_IsOneColumn(string type) => Assert.Equal(EntityMemberKind.Column, Thing($"public int Id {{ get; set; }} public {type} Value {{ get; set; }} = default!;").Member("Value")!.Kind);

    [Theory]
    [InlineData("public Order Other { get; set; } = null!;", EntityMemberKind.Reference)]
    [InlineData("public List<Order> Other { get; set; } = null!;", EntityMemberKind.Collection)]
    [InlineData("public ICollection<Order> Other { get; set; } = null!;", EntityMemberKind.Collection)]
    [InlineData("[NotMapped] public int Other { get; set; }", EntityMemberKind.NotMapped)]
    [InlineData("public int Other => 1;", EntityMemberKind.NotMapped)]
    [InlineData("public int Other { get; }", EntityMemberKind.NotMapped)]
    [InlineData("public Func<int> Other { get; set; } = null!;", EntityMemberKind.NotMapped)]
    [InlineData("public Money Other { get; set; } = null!;", EntityMemberKind.Owned)]
    [InlineData("public Size Other { get; set; } = null!;", EntityMemberKind.Owned)]
    [InlineData("[Column(TypeName = \"jsonb\")] public Note Other { get; set; } = null!;", EntityMemberKind.Column)]
    [InlineData("public int Other { get; private set; }", EntityMemberKind.Column)]
    [InlineData("public int Other { get; init; }", EntityMemberKind.Column)]
    public void Member_IsClassified(string member, EntityMemberKind kind) => Assert.Equal(kind, Thing("public int Id { get; set; } " + member).Member("Other")!.Kind);

    [Fact]
    public void Columns_ListThoseOfOwnedMembersAndBases()
    {
        var type = Thing("public string Name { get; set; } = \"\"; public Money Price { get; set; } = null!; public Order Order { get; set; } = null!;", "", "Base");
        Assert.Equal("Name,Price.Amount,Price.Currency,Id,CreatedAt", string.Join(",", type.Columns));
    }

    [NewestEfCoreFact]
    public void ComplexPropertyInJson_IsConfigured() =>
        Member_IsConfigured("model.Entity<Thing>().ComplexProperty(x => x.Note, n => n.ToJson());", "Note", EntityMemberKind.Json);

    [Theory]
    [InlineData("model.Entity<Thing>().Ignore(x => x.Code);", "Code", EntityMemberKind.NotMapped)]
    [InlineData("model.Ignore<Note>();", "Note", EntityMemberKind.NotMapped)]
    [InlineData("model.Entity<Thing>().OwnsOne(x => x.Note);", "Note", EntityMemberKind.Owned)]
    [InlineData("model.Entity<Thing>().ComplexProperty(x => x.Note);", "Note", EntityMemberKind.Owned)]
    [InlineData("model.Owned<Note>();", "Note", EntityMemberKind.Owned)]
    [InlineData("model.Entity<Thing>().OwnsOne(x => x.Note).ToJson();", "Note", EntityMemberKind.Json)]
    [InlineData("model.Entity<Thing>().OwnsOne(x => x.Note, n => n.ToJson());", "Note", EntityMemberKind.Json)]
    [InlineData("model.Entity<Thing>().OwnsMany(x => x.Notes);", "Notes", EntityMemberKind.Collection)]
    [InlineData("model.Entity<Thing>().Property(x => x.Note).HasConversion(n => n.Text, t => new Note { Text = t });", "Note", EntityMemberKind.Column)]
    [InlineData("model.Entity<Thing>().HasOne(x => x.Note);", "Note", EntityMemberKind.Reference)]
    [InlineData("", "Note", EntityMemberKind.Reference)]
    public void Member_IsConfigured(string statement, string member, EntityMemberKind kind) => Assert.Equal(kind, Configured(statement).Member(member)!.Kind);

    [Theory]
    [InlineData("model.Entity<Thing>().HasIndex(x => x.Code).IsUnique();", true)]
    [InlineData("model.Entity<Thing>().HasAlternateKey(x => x.Code);", true)]
    [InlineData("model.Entity<Thing>().HasIndex(x => x.Code);", false)]
    [InlineData("model.Entity<Thing>().HasIndex(x => x.Code).IsUnique(false);", false)]
    [InlineData("model.Entity<Thing>().HasIndex(x => new { x.Code, x.Id }).IsUnique();", false)]
    [InlineData("model.Entity<Thing>().HasIndex(x => x.Code).IsUnique().HasFilter(\"x\");", false)]
    public void UniqueIndex_IsReadFromFluentConfiguration(string statement, bool expected) => Assert.Equal(expected, Configured(statement).IsUnique("Code"));

    [Theory]
    [InlineData("[Index(nameof(Thing.Code), IsUnique = true)]", true)]
    [InlineData("[Index(nameof(Thing.Code))]", false)]
    [InlineData("[Index(nameof(Thing.Code), nameof(Thing.Id), IsUnique = true)]", false)]
    public void UniqueIndex_IsReadFromTheAttribute(string attribute, bool expected) =>
        Assert.Equal(expected, Thing("public int Id { get; set; } public string Code { get; set; } = \"\";", attribute).IsUnique("Code"));

    [Fact]
    public void ConfigurationClass_IsRead()
    {
        var type = Find("""
            public class Thing { public int Id { get; set; } public string Code { get; set; } = ""; public string Secret { get; set; } = ""; }
            public class ThingConfiguration : IEntityTypeConfiguration<Thing>
            {
                public void Configure(EntityTypeBuilder<Thing> builder)
                {
                    builder.HasKey(x => x.Code);
                    builder.Ignore(x => x.Secret);
                }
            }
            """)!;
        Assert.Equal("Code", string.Join(",", type.Key));
        Assert.Equal("Id,Code", string.Join(",", type.Columns));
    }

    [Fact]
    public void ConfigurationBase_AppliesToEveryDerivedEntity()
    {
        var type = Find("""
            public class Base { public int Id { get; set; } public string Secret { get; set; } = ""; }
            public class Thing : Base { public string Code { get; set; } = ""; }
            public abstract class BaseConfiguration<T> : IEntityTypeConfiguration<T> where T : Base
            {
                public virtual void Configure(EntityTypeBuilder<T> builder) => builder.Ignore(x => x.Secret);
            }
            public class ThingConfiguration : BaseConfiguration<Thing>
            {
                public override void Configure(EntityTypeBuilder<Thing> builder)
                {
                    base.Configure(builder);
                    builder.HasIndex(x => x.Code).IsUnique();
                }
            }
            """)!;
        Assert.Equal("Code,Id", string.Join(",", type.Columns));
        Assert.True(type.IsUnique("Code"));
    }

    [Fact]
    public void SelectionThatCannotBeRead_MakesTheTypeUnreadable()
    {
        var type = Configured("foreach (var name in new[] { \"Code\" }) model.Entity<Thing>().Ignore(name);");
        Assert.False(type.IsReadable);
        Assert.False(type.IsUnique("Id"));
    }

    [Fact]
    public void AutoInclude_IsRead() => Assert.True(Configured("model.Entity<Thing>().Navigation(x => x.Note).AutoInclude();").Member("Note")!.IsAutoIncluded);

    [Fact]
    public void OtherType_IsNoEntity()
    {
        var test = ModelTest.Compile("public class Dto { public int Id { get; set; } }");
        Assert.Null(test.Model.Entities.Find(test.Compilation.GetTypeByMetadataName("Dto")!));
    }

    [Fact]
    public void UniqueKey_IsAskedByProperty()
    {
        var test = ModelTest.Compile("");
        var order = test.Compilation.GetTypeByMetadataName("Shop.Order")!;
        Assert.True(test.Model.Entities.IsUniqueKey(order, (IPropertySymbol)order.GetMembers("Id").Single()));
        Assert.False(test.Model.Entities.IsUniqueKey(order, (IPropertySymbol)order.GetMembers("CustomerId").Single()));
    }

    [Fact]
    public void EntityOfAReferencedProject_IsDescribed()
    {
        var library = ModelTest.Compile("").Compilation.WithAssemblyName("Domain");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        image.Position = 0;
        var reference = MetadataReference.CreateFromStream(image);
        var compilation = CSharpCompilation.Create(
            "App", references: TestReferences.All.Add(reference), options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var type = BackendPatterns.Analyzers.Model.BackendModel.For(compilation).Entities.Find(compilation.GetTypeByMetadataName("Shop.Customer")!)!;
        Assert.Equal("Id", string.Join(",", type.Key));
        Assert.Equal(10, type.Columns.Length);
    }

    private static EntityType Thing(string members, string attributes = "", string? baseType = null) => Find($$"""
        {{attributes}} public class Thing {{(baseType is null ? "" : ": " + baseType)}} { {{members}} }
        public class Base { public int Id { get; set; } public DateTime CreatedAt { get; set; } }
        [Owned] public class Money { public decimal Amount { get; set; } public string Currency { get; set; } = ""; public bool IsZero => Amount == 0; }
        [ComplexType] public class Size { public int Width { get; set; } }
        public class Note { public string Text { get; set; } = ""; }
        """)!;

    private static EntityType Configured(string statement, string other = "") => Find($$"""
        public class Thing { public int Id { get; set; } public string Code { get; set; } = ""; public Note Note { get; set; } = null!; public List<Note> Notes { get; set; } = null!; }
        public class Note { public string Text { get; set; } = ""; public int Pages { get; set; } }
        public class Other : DbContext
        {
            public DbSet<Thing> Things { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder model) { {{statement}} }
            {{other}}
        }
        """)!;

    private static EntityType? Find(string source)
    {
        var context = source.Contains("DbSet<Thing>", StringComparison.Ordinal) || source.Contains("IEntityTypeConfiguration<", StringComparison.Ordinal)
            ? ""
            : "public class ThingContext : DbContext { public DbSet<Thing> Things { get; set; } = null!; }";
        var test = ModelTest.Compile("using System.ComponentModel.DataAnnotations; using System.ComponentModel.DataAnnotations.Schema; using Microsoft.EntityFrameworkCore.Metadata.Builders;\n" + source + context);
        return test.Model.Entities.Find(test.Compilation.GetTypeByMetadataName("Thing")!);
    }
}
