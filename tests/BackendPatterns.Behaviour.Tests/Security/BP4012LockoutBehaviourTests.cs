using BackendPatterns.Analyzers.CodeFixes.Security;
using BackendPatterns.Analyzers.Rules.Security;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.Security;

/// <summary>Wrong passwords with ASP.NET Core Identity on SQLite, before and after the fix of BP4012.</summary>
public class BP4012LockoutBehaviourTests
{
    private const string Source = """
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;
        using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

        public class Accounts(DbContextOptions<Accounts> options) : IdentityDbContext<IdentityUser>(options);

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await using var connection = new SqliteConnection("Data Source=:memory:");
                await connection.OpenAsync();
                var services = new ServiceCollection();
                services.AddLogging();
                services.AddHttpContextAccessor();
                services.AddAuthentication();
                services.AddDbContext<Accounts>(options => options.UseSqlite(connection));
                services.AddIdentityCore<IdentityUser>().AddSignInManager().AddEntityFrameworkStores<Accounts>();
                await using var provider = services.BuildServiceProvider();
                await provider.GetRequiredService<Accounts>().Database.EnsureCreatedAsync();
                var users = provider.GetRequiredService<UserManager<IdentityUser>>();
                var user = new IdentityUser("ada");
                await users.CreateAsync(user, "Right-1!");
                var results = new List<string>();
                foreach (var password in new[] { "Right-1!", "a", "b", "c", "d", "e", "Right-1!" })
                    results.Add((await CheckAsync(provider.GetRequiredService<SignInManager<IdentityUser>>(), user, password)).ToString());
                return string.Join(" ", results);
            }

            private static Task<SignInResult> CheckAsync(SignInManager<IdentityUser> manager, IdentityUser user, string password) =>
                manager.CheckPasswordSignInAsync(user, password, lockoutOnFailure: false);
        }
        """;

    [Fact]
    public async Task FiveWrongPasswords_LockTheAccountAfterTheFix()
    {
        var run = await BeforeAndAfter.Of<BP4012LockoutDisabledAnalyzer, BP4012LockoutDisabledFix>(Source);
        Assert.Equal("\"Succeeded Failed Failed Failed Failed Failed Succeeded\"", run.Before.Answer);
        Assert.Equal("\"Succeeded Failed Failed Failed Failed LockedOut LockedOut\"", run.After.Answer);
    }
}
