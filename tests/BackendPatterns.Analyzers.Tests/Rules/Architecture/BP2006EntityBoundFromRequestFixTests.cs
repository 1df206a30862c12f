using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2006EntityBoundFromRequestAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2006EntityBoundFromRequestFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2006EntityBoundFromRequestFixTests
{
    private const string Usings = """
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        """;

    /// <summary>A contract in the file of the endpoint: new ones go next to it.</summary>
    private const string OwnContract = "\npublic record ProductDto(string Name);\n";

    private const string Entity = """

        public class Parcel
        {
            public int Id { get; set; }
            public string Label { get; set; } = "";
            MEMBERS
        }

        public class ParcelContext : DbContext { public DbSet<Parcel> Parcels => Set<Parcel>(); }

        """;

    private static string Controller(string parameter, string statements, string verb = "HttpPost", string context = "ShopContext") => $$"""

        [ApiController]
        [Route("products")]
        public class ProductsController({{context}} db) : ControllerBase
        {
            [{{verb}}]
            public IActionResult Save({{parameter}})
            {
        {{statements}}
                db.SaveChanges();
                return Ok();
            }
        }
        """;

    private static string Minimal(string parameter, string statements) => $$"""

        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/products", ({{parameter}}, ShopContext db) =>
            {
        {{statements}}
                db.SaveChanges();
            });
        }
        """;

    private const string Record = """

        public sealed record CreateProductRequest
        {
            public string Sku { get; init; } = "";

            public string Name { get; init; } = "";

            public decimal Price { get; init; }
        }

        """;

    private const string Mapping = """
                var product = new Product
                {
                    Sku = request.Sku,
                    Name = request.Name,
                    Price = request.Price,
                };

        """;

    private static Task Fixed(string source, string fixedSource) => Verify.Fixed(Usings + OwnContract + source + "\n", Usings + OwnContract + fixedSource + "\n");

    private static Task NotFixed(string source) => Verify.NotFixed(Usings + OwnContract + source + "\n");

    [Fact]
    public Task ActionThatAdds_IsFixed() => Fixed(
        Controller("Product [|product|]", "        // The catalogue.\n        db.Products.Add(product);"),
        Controller("CreateProductRequest request", Mapping + "        // The catalogue.\n        db.Products.Add(product);") + "\n" + Record.TrimEnd());

    [Fact]
    public Task MinimalApiThatAdds_IsFixed() => Fixed(
        Minimal("Product [|product|]", "        db.Products.Add(product);"),
        Minimal("CreateProductRequest request", Mapping + "        db.Products.Add(product);") + "\n" + Record.TrimEnd());

    [Theory]
    [InlineData("public record CreateProductRequest(int Id);\n", "SaveProductRequest")]
    [InlineData("public record CreateProductRequest(int Id);\npublic record SaveProductRequest(int Id);\n", "CreateProductRequest2")]
    public Task NameThatIsTaken_IsNotUsedAgain(string taken, string name) => Fixed(
        "\n" + taken + Controller("Product [|product|]", "        db.Products.Add(product);"),
        "\n" + taken + Controller(name + " request", Mapping + "        db.Products.Add(product);") + "\n" + Record.TrimEnd().Replace("CreateProductRequest", name, StringComparison.Ordinal));

    [Fact]
    public Task KeyThatIsReadFirst_Stays() => Fixed(
        Controller("Product [|product|]", "        if (db.Products.Any(p => p.Id == product.Id))\n            return Conflict();\n        db.Products.Add(product);"),
        Controller("CreateProductRequest request", Mapping.Replace("            Sku", "            Id = request.Id,\n            Sku", StringComparison.Ordinal)
            + "        if (db.Products.Any(p => p.Id == product.Id))\n            return Conflict();\n        db.Products.Add(product);")
        + "\n" + Record.TrimEnd().Replace("    public string Sku", "    public int Id { get; init; }\n\n    public string Sku", StringComparison.Ordinal));

    [Fact]
    public Task ReplacedRow_KeepsEveryColumn() => Fixed(
        Controller("int id, Product [|product|]", "        if (id != product.Id)\n            return BadRequest();\n        db.Entry(product).State = EntityState.Modified;", "HttpPut(\"{id}\")"),
        Controller("int id, UpdateProductRequest request", Mapping.Replace("            Sku", "            Id = request.Id,\n            Sku", StringComparison.Ordinal)
            + "        if (id != product.Id)\n            return BadRequest();\n        db.Entry(product).State = EntityState.Modified;", "HttpPut(\"{id}\")")
        + "\n" + Record.TrimEnd().Replace("Create", "Update", StringComparison.Ordinal).Replace("    public string Sku", "    public int Id { get; init; }\n\n    public string Sku", StringComparison.Ordinal));

    [Fact]
    public Task AttributesAndInitialValues_AreCopied() => Fixed(
        Entity.Replace("MEMBERS", """
            [Required, StringLength(20)]
                [JsonPropertyName("to")]
                public string? Receiver { get; set; }
                [Column("grams")]
                public int Weight { get; set; } = 100;
                public required string Sender { get; set; }
                public DateTimeOffset? SentAt { get; set; }
                [Timestamp]
                public byte[] Version { get; set; } = [];
                [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
                public string Code { get; set; } = "";
                public string PasswordHash { get; set; } = "";
                [JsonIgnore]
                public bool IsLost { get; set; }
                public List<Parcel> Parts { get; set; } = [];
            """, StringComparison.Ordinal) + Controller("Parcel [|parcel|]", "        db.Add(parcel);", context: "ParcelContext"),
        Entity.Replace("MEMBERS", """
            [Required, StringLength(20)]
                [JsonPropertyName("to")]
                public string? Receiver { get; set; }
                [Column("grams")]
                public int Weight { get; set; } = 100;
                public required string Sender { get; set; }
                public DateTimeOffset? SentAt { get; set; }
                [Timestamp]
                public byte[] Version { get; set; } = [];
                [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
                public string Code { get; set; } = "";
                public string PasswordHash { get; set; } = "";
                [JsonIgnore]
                public bool IsLost { get; set; }
                public List<Parcel> Parts { get; set; } = [];
            """, StringComparison.Ordinal) + Controller("CreateParcelRequest request", """
                var parcel = new Parcel
                {
                    Label = request.Label,
                    Receiver = request.Receiver,
                    Weight = request.Weight,
                    Sender = request.Sender,
                    SentAt = request.SentAt,
                };
                db.Add(parcel);
        """, context: "ParcelContext") + "\n" + """

        public sealed record CreateParcelRequest
        {
            public string Label { get; init; } = "";

            [Required]
            [StringLength(20)]
            [JsonPropertyName("to")]
            public string? Receiver { get; init; }

            public int Weight { get; init; } = 100;

            public required string Sender { get; init; }

            public DateTimeOffset? SentAt { get; init; }
        }
        """);

    [Fact]
    public Task WithoutContracts_TheRecordGetsAFolder() => Verify.Fixed(
        "using Microsoft.AspNetCore.Mvc;\n\nnamespace Shop.Web.Controllers;\n" + Controller("Product [|product|]", "        db.Products.Add(product);") + "\n",
        "using Microsoft.AspNetCore.Mvc;\nusing Shop.Web.Controllers.Contracts;\n\nnamespace Shop.Web.Controllers;\n" + Controller("CreateProductRequest request", Mapping + "        db.Products.Add(product);") + "\n",
        configure: test => test.FixedState.Sources.Add(("/0/Contracts/CreateProductRequest.cs", "namespace Shop.Web.Controllers.Contracts;\n" + Record)));

    [Fact]
    public Task WithContractsElsewhere_TheRecordGoesThere() => Verify.Fixed(
        "using Microsoft.AspNetCore.Mvc;\n\nnamespace Shop.Web;\n" + Controller("Product [|product|]", "        db.Products.Add(product);") + "\n",
        "using Microsoft.AspNetCore.Mvc;\nusing Shop.Models;\n\nnamespace Shop.Web;\n" + Controller("CreateProductRequest request", Mapping + "        db.Products.Add(product);") + "\n",
        configure: test =>
        {
            test.TestState.Sources.Add(("/0/Models/OrderDto.cs", "namespace Shop.Models;\n\npublic record OrderDto(int Id);\n"));
            test.FixedState.Sources.Add(("/0/Models/OrderDto.cs", "namespace Shop.Models;\n\npublic record OrderDto(int Id);\n"));
            test.FixedState.Sources.Add(("/0/Models/CreateProductRequest.cs", "namespace Shop.Models;\n" + Record));
        });

    [Theory]
    [InlineData("[FromForm] Product [|product|]")]
    [InlineData("Product? [|product|]")]
    [InlineData("List<Product> [|product|]")]
    public Task OtherBinding_IsNotFixed(string parameter) => NotFixed(Controller(parameter, "        db.AddRange(product!);"));

    [Fact]
    public Task MvcForm_IsNotFixed() => NotFixed(Controller("Product [|product|]", "        db.Add(product);").Replace("[ApiController]", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("public string Note { get => _note; set => _note = value.Trim(); } private string _note = \"\";")]
    [InlineData("public Parcel() { Label = \"new\"; }")]
    [InlineData("private Parcel() { } public Parcel(string label) { Label = label; }")]
    [InlineData("[ParcelRule] public int Weight { get; set; }")]
    public Task EntityThatIsMoreThanItsMembers_IsNotFixed(string member) => NotFixed(
        "\npublic class ParcelRuleAttribute : Attribute { }\n" + Entity.Replace("MEMBERS", member, StringComparison.Ordinal)
        + Controller("Parcel [|parcel|]", "        db.Add(parcel);", context: "ParcelContext"));

    [Fact]
    public Task EntityWithRulesOfItsOwn_IsNotFixed() => NotFixed(
        Entity.Replace("MEMBERS", "public IEnumerable<ValidationResult> Validate(ValidationContext context) => [];", StringComparison.Ordinal).Replace("class Parcel\n", "class Parcel : IValidatableObject\n", StringComparison.Ordinal)
        + Controller("Parcel [|parcel|]", "        db.Add(parcel);", context: "ParcelContext"));

    [Fact]
    public Task RelatedRowsThatTheCodeReads_AreNotFixed() => NotFixed(Controller("Order [|order|]", "        order.Total = order.Lines.Sum(l => l.Price);\n        db.Orders.Add(order);"));

    [Fact]
    public Task EntityForAService_WithRelatedRows_IsNotFixed() => NotFixed(
        "\npublic interface IOrders { void Place(Order order); }\n" + Controller("Order [|order|]", "        HttpContext.RequestServices.GetRequiredService<IOrders>().Place(order);"));

    [Fact]
    public Task ActionThatIsCalled_IsNotFixed() => NotFixed(
        Controller("Product [|product|]", "        db.Products.Add(product);") + "\npublic class Caller(ProductsController products) { public void Call() => products.Save(new Product()); }");
}
