using BackendPatterns.Analyzers.Model.Logging;

namespace BackendPatterns.Analyzers.Tests.Model.Logging;

public class SecretNamesTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("NewPassword")]
    [InlineData("_clientSecret")]
    [InlineData("JWT")]
    [InlineData("refresh_token")]
    [InlineData("apiKey2")]
    [InlineData("X-Api-Key")]
    [InlineData("DefaultConnectionString")]
    [InlineData("Jwt:Key")]
    [InlineData("tokenReceived")]
    [InlineData("passwordText")]
    public void NameOfASecret_IsOne(string name) => Assert.True(SecretNames.Contain(name));

    [Theory]
    [InlineData("passwordHash")]
    [InlineData("tokenId")]
    [InlineData("secretCount")]
    [InlineData("hashedPassword")]
    [InlineData("maskedApiKey")]
    [InlineData("cancellationToken")]
    [InlineData("continuationToken")]
    [InlineData("nextPageToken")]
    [InlineData("csrfToken")]
    [InlineData("tokenizer")]
    [InlineData("secretary")]
    [InlineData("connection")]
    [InlineData("connectionStringName")]
    [InlineData("publicKey")]
    [InlineData("key")]
    [InlineData("isPassword")]
    [InlineData("")]
    [InlineData("123")]
    public void OtherName_IsNone(string name) => Assert.False(SecretNames.Contain(name));
}
