using BackendPatterns.Analyzers.Model.Registrations;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Tests.Model.Registrations;

public class RegistrationModelTests
{
    private static RegisteredNames Names(NameKind kind, string registrations, string members = "") => Compile(registrations, members).Model.Registrations.Of(kind);

    private static ModelTest Compile(string registrations, string members = "", IEnumerable<MetadataReference>? references = null) => ModelTest.Compile(
        $$"""
        using Microsoft.AspNetCore.Authentication;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.RateLimiting;

        public static class Hosting
        {
            public static void Run(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                var services = builder.Services;
                {{registrations}}
            }
        }
        {{members}}
        """,
        references);

    [Theory]
    [InlineData(NameKind.AuthorizationPolicy, """services.AddAuthorization(o => { o.AddPolicy("a", p => p.RequireRole("r")); o.AddPolicy("b", p => p.RequireRole("r")); });""", "a b")]
    [InlineData(NameKind.AuthorizationPolicy, """services.AddAuthorizationBuilder().AddPolicy("a", p => p.RequireRole("r")).AddDefaultPolicy("d", p => p.RequireRole("r"));""", "a d")]
    [InlineData(NameKind.RateLimiterPolicy, """services.AddRateLimiter(o => o.AddFixedWindowLimiter("f", _ => { }).AddSlidingWindowLimiter("s", _ => { }).AddTokenBucketLimiter("t", _ => { }).AddConcurrencyLimiter("c", _ => { }));""", "c f s t")]
    [InlineData(NameKind.CorsPolicy, """services.AddCors(o => { o.AddPolicy("x", p => p.AllowAnyOrigin()); o.AddDefaultPolicy(p => p.AllowAnyOrigin()); });""", "__DefaultCorsPolicy x")]
    [InlineData(NameKind.OutputCachePolicy, """services.AddOutputCache(o => o.AddPolicy("x", p => p.NoCache()));""", "x")]
    [InlineData(NameKind.AuthenticationScheme, """services.AddAuthentication().AddCookie().AddJwtBearer("api", _ => { });""", "Cookies Windows api")]
    public void Names_AreRead(NameKind kind, string registrations, string expected)
    {
        var names = Names(kind, registrations);
        Assert.True(names.IsComplete);
        Assert.Equal(expected.Split(' '), names.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(NameKind.AuthorizationPolicy, "A", false)]
    [InlineData(NameKind.OutputCachePolicy, "A", false)]
    [InlineData(NameKind.RateLimiterPolicy, "A", true)]
    [InlineData(NameKind.CorsPolicy, "A", true)]
    [InlineData(NameKind.AuthenticationScheme, "A", true)]
    public void Case_CountsAsInTheFramework(NameKind kind, string name, bool isLacking) => Assert.Equal(
        isLacking,
        Names(
            kind,
            """
            services.AddAuthorization(o => o.AddPolicy("a", p => p.RequireRole("r")));
            services.AddOutputCache(o => o.AddPolicy("a", p => p.NoCache()));
            services.AddRateLimiter(o => o.AddFixedWindowLimiter("a", _ => { }));
            services.AddCors(o => o.AddPolicy("a", p => p.AllowAnyOrigin()));
            services.AddAuthentication().AddCookie("a");
            """).Lack(name));

    [Theory]
    [InlineData("")]
    [InlineData("""foreach (var name in args) services.AddAuthorization(o => o.AddPolicy(name, p => p.RequireRole("r")));""")]
    [InlineData("""var name = "a"; if (args.Length > 0) name = args[0]; services.AddAuthorization(o => o.AddPolicy(name, p => p.RequireRole("r")));""")]
    [InlineData("""services.AddAuthorization(); System.Reflection.Assembly.LoadFrom(args[0]);""")]
    public void WhatCannotBeRead_IsNotComplete(string registrations) => Assert.False(Names(NameKind.AuthorizationPolicy, registrations).IsComplete);

    [Fact]
    public void OneKindThatCannotBeRead_LeavesTheOthersAlone()
    {
        var registrations = Compile("""
            services.AddCors(o => o.AddPolicy(args[0], p => p.AllowAnyOrigin()));
            services.AddAuthorization(o => o.AddPolicy("a", p => p.RequireRole("r")));
            """).Model.Registrations;
        Assert.False(registrations.Of(NameKind.CorsPolicy).IsComplete);
        Assert.True(registrations.Of(NameKind.AuthorizationPolicy).IsComplete);
    }

    [Fact]
    public void ParametersOfOwnMethods_AreFollowedToTheirCallers()
    {
        var names = Names(
            NameKind.AuthorizationPolicy,
            """services.AddAuthorization(o => { o.Outer("a"); o.Outer(Setup.Other); });""",
            """
            public static class Setup
            {
                public static readonly string Other = "b";
                public static void Outer(this AuthorizationOptions options, string name) => Inner(options, name);
                private static void Inner(AuthorizationOptions options, string name) => options.AddPolicy(name, p => p.RequireRole("r"));
            }
            """);
        Assert.True(names.IsComplete);
        Assert.Equal(["a", "b"], names.Names);
    }

    [Fact]
    public void AssemblyThatUsesTheRegistrationInterface_MayRegister()
    {
        var names = WithLibrary("services.AddAuthorization(o => o.AddPolicy(\"theirs\", p => p.RequireRole(\"r\")));");
        Assert.False(names.Of(NameKind.AuthorizationPolicy).IsComplete);
        Assert.True(names.Of(NameKind.CorsPolicy).IsComplete);
    }

    [Fact]
    public void AssemblyThatDoesNot_RegistersNothing() => Assert.True(WithLibrary("services.AddMemoryCache();").Of(NameKind.AuthorizationPolicy).IsComplete);

    private static RegistrationModel WithLibrary(string body)
    {
        var library = ModelTest.Compile($$"""
            namespace Theirs;

            public static class TheirSetup
            {
                public static void AddTheirs(this IServiceCollection services) { {{body}} }
            }
            """).Compilation.WithAssemblyName("Theirs");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return Compile(
            """
            Theirs.TheirSetup.AddTheirs(services);
            services.AddAuthorization();
            services.AddCors();
            """,
            references: TestReferences.All.Add(MetadataReference.CreateFromImage(image.ToArray()))).Model.Registrations;
    }

    [Fact]
    public void ProjectThatComesWithItsSource_IsRead()
    {
        var library = ModelTest.Compile("""
            namespace Theirs;

            public static class TheirSetup
            {
                public static void AddTheirs(this IServiceCollection services) =>
                    services.AddAuthorization(options => options.AddPolicy("theirs", policy => policy.RequireRole("r")));
            }
            """).Compilation.WithAssemblyName("Theirs");
        var names = Compile("Theirs.TheirSetup.AddTheirs(services); services.AddAuthorization();", references: TestReferences.All.Add(library.ToMetadataReference()))
            .Model.Registrations.Of(NameKind.AuthorizationPolicy);
        Assert.True(names.IsComplete);
        Assert.Equal(["theirs"], names.Names);
    }
}
