using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

public class MemberCallsTests
{
    [Fact]
    public void CallsOfAMember_AreListedOnceInSourceOrder()
    {
        var test = ModelTest.Compile("public class Test { public void Run() { First(); Action a = () => Second(Third()); void Local() => First(); } int Third() => 1; void Second(int i) { } void First() { } }");
        var root = test.Call("Second").Root();
        var calls = MemberCalls.Below(root);

        Assert.Equal(["First", "Second", "Third", "First"], calls.Select(call => call.TargetMethod.Name));
        Assert.Equal(calls, MemberCalls.Below(root));
    }
}
