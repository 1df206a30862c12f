using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Repository;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

public class SymbolPlacesTests
{
    [Theory]
    [InlineData("A.cs", "B.cs")]
    [InlineData("B.cs", "A.cs")]
    public void PartialType_StandsInTheFileOfTheFirstName(params string[] files)
    {
        var compilation = CSharpCompilation.Create("Test", files.Select(file => SourceFolder.Parse("partial class C { }", file)));
        Assert.Equal("A.cs", compilation.GetTypeByMetadataName("C")!.FirstPlace().SourceTree!.FilePath);
    }

    [Fact]
    public void TypeDeclaredTwiceInAFile_StandsAtTheFirst()
    {
        var compilation = CSharpCompilation.Create("Test", [SourceFolder.Parse("partial class C { } partial class C { }", "A.cs")]);
        Assert.Equal("partial class ".Length, compilation.GetTypeByMetadataName("C")!.FirstPlace().SourceSpan.Start);
    }
}
