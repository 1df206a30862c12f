namespace BackendPatterns.Analyzers.Tests.Baseline;

/// <summary>What a baseline calls the places of reports.</summary>
public class MemberNameTests
{
    [Theory]
    [InlineData("namespace A.B { class C { void M(int[] a) { while (true) { } } } }", "A.B.C.M")]
    [InlineData("namespace A; class C<T, U> { class D { void M<V>() { while (true) { } } } }", "A.C`2.D.M")]
    [InlineData("class C { C() { while (true) { } } }", "C..ctor")]
    [InlineData("class C { static C() { while (true) { } } }", "C..cctor")]
    [InlineData("class C { ~C() { while (true) { } } }", "C.Finalize")]
    [InlineData("class C { int P { get { while (true) { } } } }", "C.P")]
    [InlineData("class C { int this[int i] { get { while (true) { } } } }", "C.this[]")]
    [InlineData("class C { event System.Action E { add { while (true) { } } remove { } } }", "C.E")]
    [InlineData("class C { public static C operator +(C a, C b) { while (true) { } } }", "C.operator+")]
    [InlineData("class C { public static implicit operator int(C a) { while (true) { } } }", "C.operator-implicit")]
    [InlineData("class C { System.Action a, b = () => { while (true) { } }; }", "C.b")]
    [InlineData("class C : System.IDisposable { void System.IDisposable.Dispose() { while (true) { } } }", "C.Dispose")]
    [InlineData("class C { void M() { void Local() { while (true) { } } } }", "C.M")]
    [InlineData("class C { void M() { System.Action a = () => { while (true) { } }; } }", "C.M")]
    [InlineData("record R(int A) { void M() { while (true) { } } }", "R.M")]
    [InlineData("file class C { void M() { while (true) { } } }", "C(File0.cs).M")]
    [InlineData("// program\nwhile (true) { }", "<top-level-statements>")]
    [InlineData("// program\nRun(); void Run() { while (true) { } }", "<top-level-statements>")]
    [InlineData("class BadType { }", "BadType")]
    [InlineData("namespace A; delegate void BadDelegate();", "A.BadDelegate")]
    [InlineData("class C { void BadMethod() { } }", "C.BadMethod")]
    [InlineData("enum E { BadValue }", "E.BadValue")]
    [InlineData("class C { int good, BadField; }", "C.BadField")]
    [InlineData("[assembly: System.Obsolete]", "<file>(File0.cs)")]
    public async Task Member_IsNamed(string source, string name)
    {
        var lines = (await BaselineRun.Written(source)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(name, lines[1].Split(' ')[1]);
        var run = await BaselineRun.Over(string.Join('\n', lines), source);
        Assert.Empty(run.Shown);
        Assert.Empty(run.Removable);
    }

    [Theory]
    [InlineData("class C { void M( { while (true) { ")]
    [InlineData("class { void () { while (true) } }")]
    [InlineData("partial class C { void M() { while (true) { } } void M() { while (true) { } } } partial class C { void M() { while (true) { } }")]
    [InlineData("namespace { while (true) { } }")]
    [InlineData("class C { int x = ; operator { while (true) } }")]
    public async Task BrokenCode_IsNamedWithoutFailure(string source)
    {
        var baseline = await BaselineRun.Written(source);
        Assert.Empty((await BaselineRun.Over(baseline, source)).Shown);
    }
}
