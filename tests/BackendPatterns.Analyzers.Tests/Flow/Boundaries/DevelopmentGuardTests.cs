using BackendPatterns.Analyzers.Flow.Boundaries;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Flow.Boundaries;

public class DevelopmentGuardTests
{
    [Theory]
    [InlineData("if (env.IsDevelopment()) Mark();")]
    [InlineData("if (env.IsDevelopment() && flag) { Mark(); }")]
    [InlineData("if (!(env.IsProduction() || flag)) { Mark(); }")]
    [InlineData("if (env.IsProduction()) { } else { Mark(); }")]
    [InlineData("if (env.IsDevelopment() == true) Mark();")]
    [InlineData("if (env.IsProduction() is false) Mark();")]
    [InlineData("if (env.EnvironmentName != \"Production\") Mark();")]
    [InlineData("if (env.EnvironmentName is not \"Production\") Mark();")]
    [InlineData("if (string.Equals(env.EnvironmentName, \"development\", StringComparison.OrdinalIgnoreCase)) Mark();")]
    [InlineData("if (Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") == \"Development\") Mark();")]
    [InlineData("var isProduction = env.IsProduction(); if (!isProduction) Mark();")]
    [InlineData("if (isDev) { Action later = () => Mark(); }")]
    [InlineData("if (flag) Mark();")]
    [InlineData("if (env.IsProduction()) throw new InvalidOperationException(); Mark();")]
    [InlineData("while (true) { if (!env.IsDevelopment()) continue; Mark(); }")]
    [InlineData("_ = env.IsDevelopment() ? Mark() : 0;")]
    [InlineData("_ = env.EnvironmentName switch { \"Development\" => Mark(), _ => 0 };")]
    [InlineData("switch (env.EnvironmentName) { case \"Staging\": Mark(); break; }")]
    [InlineData("void AddDevelopmentThings() => Mark(); AddDevelopmentThings();")]
    public void LimitedToDevelopment_IsAround(string statements) => Assert.True(IsAround(statements));

    [Theory]
    [InlineData("Mark();")]
    [InlineData("if (env.IsProduction()) Mark();")]
    [InlineData("if (!env.IsDevelopment()) Mark();")]
    [InlineData("if (env.IsDevelopment()) { } else { Mark(); }")]
    [InlineData("if (env.IsDevelopment() || text == null) Mark();")]
    [InlineData("if (text is not null) Mark();")]
    [InlineData("if (string.IsNullOrEmpty(text)) Mark();")]
    [InlineData("if (env.IsDevelopment()) return; Mark();")]
    [InlineData("if (flag) return; Mark();")]
    [InlineData("if (flag) { Action later = () => Mark(); }")]
    [InlineData("if (env.EnvironmentName == \"Production\") Mark();")]
    [InlineData("if (text == \"Development\") Mark();")]
    [InlineData("switch (text) { case \"Google\": Mark(); break; }")]
    [InlineData("if (env.IsDevelopment()) { } Mark();")]
    [InlineData("Mark(); if (!env.IsDevelopment()) return;")]
    public void EveryEnvironment_IsNotAround(string statements) => Assert.False(IsAround(statements));

    private static bool IsAround(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Setup
            {
                public void Add(IHostEnvironment env, bool flag, bool isDev, string? text)
                {
                    {{statements}}
                }

                private static int Mark() => 1;
            }
            """);
        return new DevelopmentGuard(test.Model, CancellationToken.None).IsAround(test.Call("Mark()"));
    }
}
