using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

public class CompilationExtensionsTests
{
    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", true)]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet`1", true)]
    [InlineData("Microsoft.EntityFrameworkCore.Query.IIncludableQueryable`2", true)]
    [InlineData("Shop.Customer", true)]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet", false)]
    [InlineData("Microsoft.EntityFrameworkCore.Missing", false)]
    [InlineData("No.Such.Namespace.Type", false)]
    public void FoundType_IsTheOneOfThatMetadataName(string metadataName, bool exists)
    {
        var compilation = ModelTest.Compile("public class Test { }").Compilation;
        var type = compilation.FindType(metadataName);
        Assert.Equal(exists, type is not null);
        Assert.Equal(compilation.GetTypeByMetadataName(metadataName), type);
    }

    [Fact]
    public void TypeOfTheCompilation_HidesThatOfAReference()
    {
        var compilation = ModelTest.Compile("namespace Microsoft.EntityFrameworkCore { public class DbLoggerCategory { } }").Compilation;
        Assert.Equal(compilation.Assembly, compilation.FindType("Microsoft.EntityFrameworkCore.DbLoggerCategory")!.ContainingAssembly);
    }

    [Fact]
    public void TypeOfTwoReferences_IsUnknown()
    {
        var twin = CSharpCompilation.Create(
            "Twin", [CSharpSyntaxTree.ParseText("namespace Microsoft.EntityFrameworkCore { public class DbContext { } }")], TestReferences.All,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        var compilation = ModelTest.Compile("public class Test { }").Compilation.AddReferences(twin.ToMetadataReference());
        Assert.Null(compilation.FindType("Microsoft.EntityFrameworkCore.DbContext"));
    }
}
