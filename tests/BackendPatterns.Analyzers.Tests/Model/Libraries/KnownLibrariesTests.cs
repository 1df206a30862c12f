using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Model.Libraries;

/// <summary>A library is found where it is referenced, and null where it is not.</summary>
public class KnownLibrariesTests
{
    [Fact]
    public void ReferencedLibraries_AreFound()
    {
        var libraries = In(TestReferences.All);
        Assert.NotNull(libraries.EntityFrameworkCore);
        Assert.NotNull(libraries.AspNetCore);
        Assert.NotNull(libraries.AdoNet);
    }

    [Fact]
    public void EntityFrameworkCoreThatIsMissing_IsNull()
    {
        var libraries = In(TestReferences.Without("Microsoft.EntityFrameworkCore"));
        Assert.Null(libraries.EntityFrameworkCore);
        Assert.NotNull(libraries.AspNetCore);
    }

    [Fact]
    public void AspNetCoreThatIsMissing_IsNull()
    {
        var libraries = In(TestReferences.Without("Microsoft.AspNetCore"));
        Assert.Null(libraries.AspNetCore);
        Assert.NotNull(libraries.EntityFrameworkCore);
    }

    [Fact]
    public void CompilationWithoutReferences_HasNoLibraries()
    {
        var libraries = In([]);
        Assert.Null(libraries.EntityFrameworkCore);
        Assert.Null(libraries.AspNetCore);
        Assert.Null(libraries.AdoNet);
        Assert.NotNull(libraries.Linq);
    }

    [Fact]
    public void HomeMadeTypesOfTheSameName_AreNotTheLibrary()
    {
        var source = CSharpSyntaxTree.ParseText("namespace Microsoft.EntityFrameworkCore { public class Db { } } namespace Mine { public class DbContext { } public class DbSet<T> { } }");
        Assert.Null(In(TestReferences.Without("Microsoft.EntityFrameworkCore"), source).EntityFrameworkCore);
    }

    private static KnownLibraries In(IEnumerable<MetadataReference> references, params SyntaxTree[] sources) =>
        new(CSharpCompilation.Create("Test", sources, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
}
