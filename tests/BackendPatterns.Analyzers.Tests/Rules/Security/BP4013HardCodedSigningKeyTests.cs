using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4013HardCodedSigningKeyAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4013HardCodedSigningKeyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4013HardCodedSigningKeyTests
{
    [Fact]
    public Task Report_SaysWhatToDo() => Verify.Reported(
        Source("return {|#0:new SymmetricSecurityKey(Encoding.UTF8.GetBytes({|#1:\"a-key-that-everyone-knows-from-the-source\"|}))|};"),
        expected: new DiagnosticResult(BP4013HardCodedSigningKeyAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("'SymmetricSecurityKey' is made of a constant, so everyone with the source can sign tokens; read the key from configuration"));

    [Theory]
    [InlineData("return [|new SymmetricSecurityKey(Encoding.ASCII.GetBytes(Secrets.Constant))|];")]
    [InlineData("return [|new SymmetricSecurityKey(Encoding.ASCII.GetBytes(Secrets.Text))|];")]
    [InlineData("return [|new SymmetricSecurityKey(Secrets.Bytes)|];")]
    [InlineData("return [|new SymmetricSecurityKey(Secrets.Computed)|];")]
    [InlineData("var key = \"a-key\"; return [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key))|];")]
    [InlineData("var bytes = Encoding.UTF8.GetBytes(\"a-key\" + Secrets.Constant); return [|new SymmetricSecurityKey(bytes)|];")]
    [InlineData("return [|new SymmetricSecurityKey(\"a-key\"u8.ToArray())|];")]
    [InlineData("return [|new SymmetricSecurityKey(Convert.FromBase64String(\"c2VjcmV0\"))|];")]
    [InlineData("return [|new SymmetricSecurityKey(Base64UrlEncoder.DecodeBytes(\"c2VjcmV0\"))|];")]
    [InlineData("return [|new SymmetricSecurityKey(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(\"a-key\".PadRight(32))))|];")]
    [InlineData("return [|new SymmetricSecurityKey(new byte[] { 1, 2, 3, 4 })|];")]
    [InlineData("return [|new(\"a-key\"u8.ToArray())|];")]
    [InlineData("var credentials = new SigningCredentials([|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\"))|], SecurityAlgorithms.HmacSha256); return (SymmetricSecurityKey)credentials.Key;")]
    public Task Constant_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    [InlineData("return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:Key\"]!));")]
    [InlineData("return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:Key\"] ?? \"a-key\"));")]
    [InlineData("return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:Key\"] ?? throw new InvalidOperationException()));")]
    [InlineData("return new SymmetricSecurityKey(Secrets.Assigned);")]
    [InlineData("return new SymmetricSecurityKey(Secrets.Changing);")]
    [InlineData("var key = \"\"; key = configuration[\"Jwt:Key\"]!; return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key));")]
    [InlineData("return new SymmetricSecurityKey(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));")]
    [InlineData("return new SymmetricSecurityKey(new byte[32]);")]
    [InlineData("return new SymmetricSecurityKey(new byte[] { (byte)environment.ContentRootPath.Length, 2 });")]
    [InlineData("return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"\"));")]
    [InlineData("_ = new Other.SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\")); return null!;")]
    // Development.
    [InlineData("if (environment.IsDevelopment()) return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\")); return null!;")]
    [InlineData("return environment.IsDevelopment() ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\")) : null!;")]
    public Task KeyFromElsewhereOrForDevelopment_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(
        Source("return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\"));"), fixedSource: null, "build_property.IsTestProject = true", OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData(
        "return [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\"))|];",
        "return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:SigningKey\"] ?? throw new InvalidOperationException(\"Jwt:SigningKey is not configured.\")));")]
    [InlineData(
        "return [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secrets.JWT_SECRET_KEY))|];",
        "return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:SecretKey\"] ?? throw new InvalidOperationException(\"Jwt:SecretKey is not configured.\")));")]
    [InlineData(
        "var key = \"a-key\"; // for now\n return [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key))|];",
        "var key = configuration[\"Jwt:Key\"] ?? throw new InvalidOperationException(\"Jwt:Key is not configured.\"); // for now\n return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key));")]
    [InlineData(
        "return [|new SymmetricSecurityKey(\"a-key\"u8.ToArray())|];",
        "return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration[\"Jwt:SigningKey\"] ?? throw new InvalidOperationException(\"Jwt:SigningKey is not configured.\")));")]
    [InlineData(
        "return [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes(\"a-key\".PadRight(32)))|];",
        "return new SymmetricSecurityKey(Encoding.UTF8.GetBytes((configuration[\"Jwt:SigningKey\"] ?? throw new InvalidOperationException(\"Jwt:SigningKey is not configured.\")).PadRight(32)));")]
    public Task Key_IsReadFromConfiguration(string before, string after) => Verify.Fixed(Source(before), Source(after));

    [Fact]
    public Task ConfigurationOfTheBuilder_IsUsed() => Verify.Fixed(
        """
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters = new()
        {
            IssuerSigningKey = [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes("a-key-that-everyone-knows-from-the-source"))|],
        });
        """,
        """
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddJwtBearer(options => options.TokenValidationParameters = new()
        {
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration["Jwt:SigningKey"] ?? throw new InvalidOperationException("Jwt:SigningKey is not configured."))),
        });
        """,
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task WithoutConfiguration_IsNotFixed() => Verify.NotFixed(
        """
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        public static class Keys
        {
            public static readonly SymmetricSecurityKey Key = [|new SymmetricSecurityKey(Encoding.UTF8.GetBytes("a-key"))|];
        }
        """);

    private static string Source(string statements) => $$"""
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        public class Keys(IConfiguration configuration, IHostEnvironment environment)
        {
            public SymmetricSecurityKey Key()
            {
                {{statements}}
            }

            public override string ToString() => $"{configuration}{environment}";
        }

        public class Secrets
        {
            public const string Constant = "a-key-that-everyone-knows";
            public const string JWT_SECRET_KEY = "a-key-that-everyone-knows";
            public static readonly string Text = "a-key-that-everyone-knows";
            public static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Text);
            public static byte[] Computed => Encoding.UTF8.GetBytes(Constant);
            public static readonly byte[] Assigned = Encoding.UTF8.GetBytes("for a moment");
            public static byte[] Changing { get; set; } = Encoding.UTF8.GetBytes("for a moment");

            static Secrets() => Assigned = File.ReadAllBytes("key");
        }

        namespace Other
        {
            public class SymmetricSecurityKey(byte[] key) { public byte[] Key => key; }
        }
        """;
}
