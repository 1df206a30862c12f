using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4015SecretLoggedAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4015SecretLoggedFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4015SecretLoggedTests
{
    [Fact]
    public Task Report_NamesTheValue() => Verify.Reported(
        Source("logger.LogInformation(\"Signed in with {Value}\", {|#0:account.AccessToken|});"),
        expected: new DiagnosticResult(BP4015SecretLoggedAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'AccessToken' is written to the log in clear text; leave it out or mask it"));

    [Theory]
    [InlineData("logger.LogDebug(\"{Name} {Password}\", account.Name, [|account.Password|]);")]
    [InlineData("logger.LogError(new Exception(), \"{Token}\", [|token|]);")]
    [InlineData("logger.LogWarning(7, \"{Secret}\", [|account.ClientSecret|]);")]
    [InlineData("logger.Log(LogLevel.Information, \"{Key}\", [|apiKey|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|token ?? string.Empty|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|account?.Password|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|token.ToString()|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|token.Length > 0 ? token : \"none\"|]);")]
    [InlineData("logger.LogInformation($\"Signed in with {[|token|]}\");")]
    [InlineData("logger.LogInformation(\"Signed in with \" + [|token|]);")]
    [InlineData("logger.LogInformation(\"{Info}\", [|new { account.Name, ApiKey = apiKey }|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", new object[] { [|token|] });")]
    [InlineData("using (logger.BeginScope(\"{Token}\", [|token|])) { }")]
    [InlineData("logger.LogInformation(\"{Value}\", [|configuration[\"Jwt:Key\"]|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|configuration.GetConnectionString(\"Shop\")|]);")]
    [InlineData("var connectionString = configuration[\"Shop\"]; logger.LogInformation(\"{Value}\", [|connectionString|]);")]
    [InlineData("logger.LogInformation(\"{Value}\", [|request.Headers[\"Authorization\"]|]);")]
    [InlineData("var jwt = request.Headers[\"Authorization\"].ToString().Replace(\"Bearer \", \"\"); logger.LogInformation(\"{Value}\", [|jwt|]);")]
    [InlineData("var token1 = token; logger.LogInformation(\"{Value}\", [|token1|]);")]
    [InlineData("var privateKey = new byte[32]; logger.LogInformation(\"{Value}\", [|privateKey|]);")]
    [InlineData("Serilog.Log.Information(\"{Token}\", [|token|]);")]
    [InlineData("Serilog.Log.Information(\"{Name} {Token}\", account.Name, [|token|]);")]
    public Task Secret_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // Names in text only.
    [InlineData("logger.LogInformation(\"The password and the token of {Name} were changed\", account.Name);")]
    [InlineData("logger.LogInformation($\"Token of {account.Name}\");")]
    [InlineData("logger.LogInformation(\"{Password}\", account.Name);")]
    [InlineData("logger.LogInformation(\"{Name}\", nameof(account.Password));")]
    [InlineData("logger.LogInformation(\"{Header}\", Names.ApiKey);")]
    [InlineData("logger.LogInformation(\"{Header}\", Names.AccessToken);")]
    // Other things that are called so.
    [InlineData("logger.LogInformation(\"{Token}\", cancellationToken);")]
    [InlineData("logger.LogInformation(\"{Hash}\", account.PasswordHash);")]
    [InlineData("logger.LogInformation(\"{Id}\", account.TokenId);")]
    [InlineData("logger.LogInformation(\"{Count}\", account.TokenCount);")]
    [InlineData("logger.LogInformation(\"{Has}\", account.HasPassword);")]
    [InlineData("logger.LogInformation(\"{Type}\", account.TokenType);")]
    [InlineData("var nextPageToken = account.Name; logger.LogInformation(\"{Next}\", nextPageToken);")]
    [InlineData("var continuationToken = account.Name; logger.LogInformation($\"{continuationToken}\");")]
    [InlineData("var publicKey = account.Name; logger.LogInformation(\"{Key}\", publicKey);")]
    [InlineData("var key = account.Name; logger.LogInformation(\"{Key}\", key);")]
    [InlineData("var monkeyBusiness = account.Name; logger.LogInformation(\"{Key}\", monkeyBusiness);")]
    [InlineData("foreach (var token2 in account.Name.Split(' ')) { } foreach (var token in account.Name.Split(' ')) logger.LogInformation(\"{Token}\", token);", "string other")]
    // Masked, or only a part.
    [InlineData("logger.LogInformation(\"{Token}\", Mask(token));")]
    [InlineData("logger.LogInformation(\"{Token}\", token[..4]);")]
    [InlineData("logger.LogInformation(\"{Token}\", token.Substring(0, 4));")]
    [InlineData("logger.LogInformation(\"{Length}\", token.Length);")]
    [InlineData("logger.LogInformation(\"{Is}\", token == apiKey);")]
    [InlineData("logger.LogInformation(\"{Is}\", string.IsNullOrEmpty(token));")]
    [InlineData("logger.LogInformation(\"{Hash}\", token.GetHashCode());")]
    [InlineData("var shownToken = Mask(token); logger.LogInformation(\"{Token}\", shownToken);")]
    [InlineData("var tokenStart = token[..4]; var shownToken = token[..4]; logger.LogInformation(\"{Token} {Start}\", shownToken, tokenStart);")]
    [InlineData("var shownToken = token.Length > 0 ? \"set\" : \"missing\"; logger.LogInformation(\"{Token}\", shownToken);")]
    [InlineData("token = Mask(token); logger.LogInformation(\"{Token}\", token);")]
    // No log.
    [InlineData("Console.WriteLine(token);")]
    [InlineData("new Other().LogInformation(\"{Token}\", token);")]
    [InlineData("throw new InvalidOperationException(token);")]
    public Task OtherValues_AreSilent(string statements, string parameter = "string token") => Verify.Silent(Source(statements, parameter));

    [Fact]
    public Task TokenOfAParser_IsSilent() => Verify.Silent(
        """
        public class TemplateParser(ILogger<TemplateParser> logger)
        {
            public void Read(string token) => logger.LogWarning("Unknown token {Token}", token);
        }
        """);

    [Fact]
    public Task ConnectionOfAFile_IsSilent() => Verify.Silent(
        """
        using Microsoft.Data.Sqlite;

        public class Files(ILogger<Files> logger)
        {
            public void Open(SqliteConnectionStringBuilder builder)
            {
                var connectionString = builder.ToString();
                logger.LogInformation("{Connection}", connectionString);
            }
        }
        """);

    [Fact]
    public Task LoggerMessageParameter_IsReported() => Verify.NotFixed(
        """
        public static partial class Messages
        {
            [LoggerMessage(1, LogLevel.Information, "Refused {Token} of {Name}")]
            public static partial void Refused(ILogger logger, string [|token|], string name);

            [LoggerMessage(2, LogLevel.Information, "Refused {TokenId} after {Token}")]
            public static partial void Refused(ILogger logger, string tokenId, CancellationToken token);

            [LoggerMessage(3, LogLevel.Information, "Refused {Token}")]
            public static partial void Left(ILogger logger, [Classified] string token);

            public static partial void Refused(ILogger logger, string token, string name) { }

            public static partial void Refused(ILogger logger, string tokenId, CancellationToken token) { }

            public static partial void Left(ILogger logger, string token) { }
        }

        public sealed class ClassifiedAttribute : Attribute { }
        """);

    [Theory]
    [InlineData("\"Refused {Name} with {Token} from {Country}\", account.Name, [|token|], account.Country", "\"Refused {Name} from {Country}\", account.Name, account.Country")]
    [InlineData("\"Refused token: {Token}\", [|token|]", "\"Refused token\"")]
    [InlineData("\"Refused token: {Token}, name: {Name}\", [|token|], account.Name", "\"Refused token, name: {Name}\", account.Name")]
    [InlineData("\"Refused \\\"{Token}\\\" of {Name}\", [|token|], account.Name", "\"Refused of {Name}\", account.Name")]
    [InlineData("\"Refused {Name} ({Token})\", account.Name, [|token|]", "\"Refused {Name}\", account.Name")]
    [InlineData("\"{Token}: refused\", [|token|]", "\"refused\"")]
    [InlineData("\"Refused for {Name} with: {Token}\", account.Name, [|token|]", "\"Refused for {Name}\", account.Name")]
    [InlineData("$\"{account.Name} {[|token|]} of {account.Country}\"", "$\"{account.Name} of {account.Country}\"")]
    [InlineData("$\"Refused {account.Name} with {[|token|]} in {account.Country}\"", "$\"Refused {account.Name} in {account.Country}\"")]
    [InlineData("@\"Refused {Token} of {Name}\", [|token|], account.Name", "@\"Refused of {Name}\", account.Name")]
    [InlineData("\"Refused {0} of {1} in {2}\", account.Name, [|token|], account.Country", "\"Refused {0} in {2}\", account.Name, account.Country")]
    [InlineData("\"{{Refused}} {Token} {Name:l}\", [|token|], account.Name", "\"{{Refused}} {Name:l}\", account.Name")]
    [InlineData("\"{Token} {Key} {Name}\", [|token|], [|apiKey|], account.Name", "\"{Name}\", account.Name")]
    [InlineData("$\"Refused {[|token|]} of {account.Name}\"", "$\"Refused of {account.Name}\"")]
    [InlineData("$\"Refused {account.Name}: {[|token|]}\"", "$\"Refused {account.Name}\"")]
    [InlineData("new Exception(), \"Refused {Token}\", [|token|]", "new Exception(), \"Refused\"")]
    public Task ValueAndPlaceholder_AreDropped(string before, string after) =>
        Verify.Fixed(Source($"logger.LogInformation({before});"), Source($"logger.LogInformation({after});"));

    [Theory]
    [InlineData("\"Refused {Name} with {Token} from {Country}\", account.Name, [|token|], account.Country", "\"Refused {Name} with {Token} from {Country}\", account.Name, \"[redacted]\", account.Country", 1)]
    [InlineData("$\"Refused {[|token|]} of {account.Name}\"", "$\"Refused [redacted] of {account.Name}\"", 1)]
    // Nothing tells which part of the message goes with the value.
    [InlineData("\"Refused {Token}\" + account.Name, [|token|]", "\"Refused {Token}\" + account.Name, \"[redacted]\"", 0)]
    [InlineData("Names.Message, [|token|]", "Names.Message, \"[redacted]\"", 0)]
    [InlineData("\"{Token}\", [|token|]", "\"{Token}\", \"[redacted]\"", 0)]
    [InlineData("\"Refused {Token} of {Name} {More}\", [|token|], account.Name", "\"Refused {Token} of {Name} {More}\", \"[redacted]\", account.Name", 0)]
    [InlineData("\"Refused {Token}\", new object[] { [|token|] }", "\"Refused {Token}\", new object[] { \"[redacted]\" }", 0)]
    [InlineData("\"Refused \" + [|token|]", "\"Refused \" + \"[redacted]\"", 0)]
    // The rest would be no sentence.
    [InlineData("\"{Token} was refused\", [|token|]", "\"{Token} was refused\", \"[redacted]\"", 0)]
    [InlineData("\"Refused, the token was {Token} ({Name})\", [|token|], account.Name", "\"Refused, the token was {Token} ({Name})\", \"[redacted]\", account.Name", 0)]
    [InlineData("$\"The token of {account.Name} is {[|token|]}\"", "$\"The token of {account.Name} is [redacted]\"", 0)]
    public Task Value_IsRedacted(string before, string after, int action) => Verify.Fixed(
        Source($"logger.LogInformation({before});"), Source($"logger.LogInformation({after});"), configure: test =>
        {
            test.CodeActionIndex = action;
            test.CodeActionEquivalenceKey = "Redact";
        });

    [Fact]
    public Task ObjectWithOtherMembers_IsNotFixed() =>
        Verify.NotFixed(Source("logger.LogInformation(\"Refused {@Who}\", [|new { account.Name, Token = token }|]);"));

    [Fact]
    public Task LinesAndComments_Stay() => Verify.Fixed(
        Source("""
            logger.LogInformation(
                "Refused {Name} with {Token} from {Country}", // support asks for it
                account.Name,
                [|token|],
                account.Country);
            """),
        Source("""
            logger.LogInformation(
                "Refused {Name} from {Country}", // support asks for it
                account.Name,
                account.Country);
            """));

    private static string Source(string statements, string parameter = "string token") => $$"""
        public class SignIns(ILogger<SignIns> logger, IConfiguration configuration)
        {
            public void Refuse(Account account, {{parameter}}, string apiKey, HttpRequest request, CancellationToken cancellationToken)
            {
                {{statements}}
            }

            private static string Mask(string text) => "***";

            public override string ToString() => $"{logger}{configuration}";
        }

        public class Account
        {
            public string Name { get; set; } = "";
            public string Country { get; set; } = "";
            public string? Password { get; set; }
            public string PasswordHash { get; set; } = "";
            public bool HasPassword { get; set; }
            public string ClientSecret { get; set; } = "";
            public string AccessToken { get; set; } = "";
            public string TokenId { get; set; } = "";
            public string TokenType { get; set; } = "";
            public int TokenCount { get; set; }
        }

        public static class Names
        {
            public const string ApiKey = "X-Api-Key";
            public static readonly string AccessToken = "access_token";
            public const string Message = "Refused {Token}";
        }

        public class Other
        {
            public void LogInformation(string message, params object[] args) { }
        }

        namespace Serilog
        {
            public static class Log
            {
                public static void Information<T>(string messageTemplate, T propertyValue) { }
                public static void Information<T0, T1>(string messageTemplate, T0 propertyValue0, T1 propertyValue1) { }
            }
        }
        """;
}
