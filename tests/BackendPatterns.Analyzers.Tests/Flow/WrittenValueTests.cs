using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class WrittenValueTests
{
    [Theory]
    [InlineData("false")]
    [InlineData("Constant")]
    [InlineData("Field")]
    [InlineData("Property")]
    [InlineData("Computed")]
    [InlineData("local")]
    [InlineData("(bool)local")]
    public void OneConstant_IsFound(string value) => Assert.True(IsFalse(value));

    [Theory]
    [InlineData("true")]
    [InlineData("Assigned")]
    [InlineData("Changing")]
    [InlineData("changed")]
    [InlineData("parameter")]
    [InlineData("Itself")]
    [InlineData("Overridable")]
    public void SeveralOrUnknownValues_AreNone(string value) => Assert.False(IsFalse(value));

    private static bool IsFalse(string value)
    {
        var test = ModelTest.Compile($$"""
            public class Values
            {
                private const bool Constant = false;
                private static readonly bool Field = Constant;
                private readonly bool Assigned = false;
                private bool Changing = false;

                public Values(bool given) => Assigned = given;

                private bool Property { get; } = Field;
                private bool Computed => Property;
                private bool Itself => Itself;
                protected virtual bool Overridable => false;

                public void Run(bool parameter)
                {
                    var local = Computed;
                    var changed = false;
                    changed = parameter;
                    Changing = changed;
                    Use({{value}});
                }

                private static void Use(bool value) { }
            }
            """);
        return WrittenValue.IsFalse(((IInvocationOperation)test.Call("Use(")).Arguments[0].Value, test.Model, CancellationToken.None);
    }
}
