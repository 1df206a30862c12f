using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Services;
using BackendPatterns.Analyzers.Tests.Model.Calls.Facts;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Services;

public class RepositoriesTests
{
    private const string Stores = """
        namespace Stores;

        public interface IPriceRepository { Task<string> FindAsync(string symbol); }
        public class PriceRepository(HttpClient http) : IPriceRepository { public Task<string> FindAsync(string symbol) => http.GetStringAsync("/prices/" + symbol); }

        public interface IProductRepository { Task<Product?> FindAsync(int id); }
        public class ProductRepository(ShopContext db) : IProductRepository { public async Task<Product?> FindAsync(int id) => await db.Products.FindAsync(id); }

        public interface IMapRepository { string At(int id); }
        public class MapRepository : IMapRepository { public string At(int id) => id.ToString(); }

        public class StoresService { }
        """;

    [Theory]
    [InlineData("Stores.IPriceRepository", RepositoryKind.None)]
    [InlineData("Stores.IProductRepository", RepositoryKind.Repository)]
    [InlineData("Stores.IMapRepository", RepositoryKind.Repository)]
    public void RepositoryOfAReferencedProject_IsJudgedByWhatItsProjectStates(string name, RepositoryKind expected)
    {
        var stores = FactProject.Compile("Stores", [Stores]);
        foreach (var reference in new[] { stores.AsReferenceAssembly(), stores.AsProjectReference() })
        {
            var web = FactProject.Compile("Web", ["namespace Web; public class Page { }"], [reference]);
            Assert.Equal(expected, BackendModel.For(web.Compilation).Repositories.KindOf(web.Compilation.GetTypeByMetadataName(name)!));
        }
    }

    [Fact]
    public void ServiceOfAReferencedProject_IsALayer()
    {
        var stores = FactProject.Compile("Stores", [Stores]);
        Assert.True(BackendModel.For(FactProject.Compile("Web", ["namespace Web; public class Page { }"], [stores.AsReferenceAssembly()]).Compilation).Services.Exists);
        Assert.True(BackendModel.For(FactProject.Compile("Web", ["namespace Web; public class Page { }"], [stores.AsProjectReference()]).Compilation).Services.Exists);
    }

    [Theory]
    [InlineData("/code/Stores/obj/Debug/net10.0/ref/Stores.dll", true)]
    [InlineData(@"C:\code\Stores\bin\Release\net10.0\Stores.dll", true)]
    [InlineData("Stores.dll", true)]
    [InlineData(null, true)]
    [InlineData("/home/someone/.nuget/packages/stores/1.0.0/lib/net10.0/Stores.dll", false)]
    [InlineData("/usr/local/bin/dotnet/packs/Stores.Ref/10.0.0/ref/net10.0/Stores.dll", false)]
    [InlineData("/code/libraries/Stores.dll", false)]
    public void AssemblyOfAProject_IsToldByItsPlace(string? path, bool isOwn)
    {
        using var image = new MemoryStream();
        var stores = FactProject.Compile("Stores", [Stores]).Compilation;
        Assert.True(stores.Emit(image).Success);
        var test = ModelTest.Compile("public class Page { }", [.. TestReferences.All, MetadataReference.CreateFromImage(image.ToArray(), filePath: path)]);
        var assembly = test.Compilation.GetTypeByMetadataName("Stores.StoresService")!.ContainingAssembly;
        Assert.Equal(isOwn, test.Model.Libraries.OwnCode.Contains(assembly));
        Assert.True(test.Model.Libraries.OwnCode.Contains(test.Compilation.Assembly));
        Assert.False(test.Model.Libraries.OwnCode.Contains(test.Compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly));
    }

    [Fact]
    public void RepositoriesThatKnowEachOther_AreAnswered()
    {
        var test = ModelTest.Compile("public interface IARepository { IBRepository B { get; } IUnitOfWork Work { get; } } public interface IBRepository { IARepository A { get; } } public interface IUnitOfWork { IARepository A { get; } IUnitOfWork Nested { get; } }");
        Assert.Equal(RepositoryKind.Repository, test.Model.Repositories.KindOf(test.Compilation.GetTypeByMetadataName("IARepository")!));
        Assert.Equal(RepositoryKind.UnitOfWork, test.Model.Repositories.KindOf(test.Compilation.GetTypeByMetadataName("IUnitOfWork")!));
    }
}
