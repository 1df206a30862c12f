using BackendPatterns.Analyzers.Model;
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

    [Theory]
    [InlineData("A.cs", "B.cs")]
    [InlineData("B.cs", "A.cs")]
    public void AllPlaces_AreInTheOrderOfNames(params string[] files)
    {
        var compilation = CSharpCompilation.Create("Test", files.Select(file => SourceFolder.Parse("partial class C { } partial class C { }", file)));
        var places = compilation.GetTypeByMetadataName("C")!.Places();

        Assert.Equal(["A.cs", "A.cs", "B.cs", "B.cs"], places.Select(place => place.SourceTree!.FilePath));
        Assert.Equal([14, 34, 14, 34], places.Select(place => place.SourceSpan.Start));
    }

    [Theory]
    [InlineData("A.cs", "B.cs")]
    [InlineData("B.cs", "A.cs")]
    public void MembersAndDeclarations_AreInTheOrderOfNames(params string[] files)
    {
        var compilation = CSharpCompilation.Create("Test", files.Select(file => SourceFolder.Parse($"partial class C {{ int {file[0]}2; int {file[0]}1; }}", file)));
        var type = compilation.GetTypeByMetadataName("C")!;

        Assert.Equal(["A2", "A1", "B2", "B1"], type.MembersByPlace().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name));
        Assert.Equal(type.GetMembers().Length, type.MembersByPlace().Length);
        Assert.Equal(["A.cs", "B.cs"], type.DeclarationsByPlace().Select(declaration => declaration.SyntaxTree.FilePath));
        Assert.Equal(["A.cs", "B.cs"], BackendModel.For(compilation).Trees.Select(tree => tree.FilePath));
    }
}
