using System.Collections.Frozen;
using System.Reflection;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Repository;

/// <summary>What ships loads in the oldest host that is promised, and shows nothing there that is not of this library.</summary>
public class ShippedAssembliesTests
{
    // What a host with Roslyn 4.8 brings. It loads an assembly that names an older version, none that names a newer one.
    private static readonly FrozenDictionary<string, Version> OldestHost = new Dictionary<string, Version>
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
    }.ToFrozenDictionary();

    public static TheoryData<string> Shipped => new("BackendPatterns.Analyzers", "BackendPatterns.Analyzers.CodeFixes");

    [Theory]
    [MemberData(nameof(Shipped))]
    public void References_AreThoseOfTheOldestHost(string name) =>
        Assert.All(
            Assembly.Load(name).GetReferencedAssemblies().Where(reference => reference.Name != typeof(RuleAnalyzer).Assembly.GetName().Name),
            reference => Assert.True(
                OldestHost.TryGetValue(reference.Name!, out var version) && reference.Version <= version, $"{name} names {reference.Name} {reference.Version}."));

    // Types that the compiler needs and .NET Standard lacks are compiled in; as public types they would collide with those of the host.
    [Theory]
    [MemberData(nameof(Shipped))]
    public void PublicTypes_AreOfThisLibrary(string name) =>
        Assert.All(Assembly.Load(name).GetExportedTypes(), type => Assert.StartsWith("BackendPatterns.Analyzers.", type.FullName, StringComparison.Ordinal));

    [Fact]
    public void Host_IsTheRoslynOfTheProject()
    {
        var stated = Version.Parse(TestReferences.Roslyn);
        var loaded = typeof(Compilation).Assembly.GetName().Version!;
        Assert.Equal((stated.Major, stated.Minor), (loaded.Major, loaded.Minor));
    }
}
