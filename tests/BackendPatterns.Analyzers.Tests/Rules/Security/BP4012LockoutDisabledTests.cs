using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4012LockoutDisabledAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4012LockoutDisabledFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4012LockoutDisabledTests
{
    [Fact]
    public Task Report_NamesTheCall() => Verify.Reported(
        Source("return await manager.PasswordSignInAsync(name, password, true, {|#0:false|});"),
        expected: new DiagnosticResult(BP4012LockoutDisabledAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'PasswordSignInAsync' does not count failed sign-ins, so passwords can be tried without end; pass 'true' for 'lockoutOnFailure'"));

    [Theory]
    [InlineData("return await manager.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: [|false|]);")]
    [InlineData("return await manager.PasswordSignInAsync(lockoutOnFailure: [|false|], userName: name, password: password, isPersistent: true);")]
    [InlineData("return await manager.PasswordSignInAsync(new IdentityUser(name), password, true, [|false|]);")]
    [InlineData("return await manager.CheckPasswordSignInAsync(new IdentityUser(name), password, [|false|]);")]
    [InlineData("const bool Locks = false; return await manager.PasswordSignInAsync(name, password, true, [|Locks|]);")]
    [InlineData("var locks = false; return await manager.PasswordSignInAsync(name, password, true, [|locks|]);")]
    [InlineData("return await manager.PasswordSignInAsync(name, password, true, [|SignIns.Locks|]);")]
    [InlineData("return await own.PasswordSignInAsync(name, password, true, [|false|]);")]
    public Task ConstantFalse_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    [InlineData("return await manager.PasswordSignInAsync(name, password, false, true);")]
    [InlineData("return await manager.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: true);")]
    [InlineData("return await manager.PasswordSignInAsync(name, password, true, name != \"admin\");")]
    [InlineData("return await manager.PasswordSignInAsync(name, password, true, users.SupportsUserLockout);")]
    [InlineData("var locks = false; if (name != \"\") locks = true; return await manager.PasswordSignInAsync(name, password, true, locks);")]
    [InlineData("await manager.SignInAsync(new IdentityUser(name), false); return SignInResult.Success;")]
    [InlineData("await manager.TwoFactorSignInAsync(name, password, false, false); return SignInResult.Success;")]
    // Failures are counted by hand.
    [InlineData("var user = new IdentityUser(name); var result = await manager.CheckPasswordSignInAsync(user, password, false); if (!result.Succeeded) await users.AccessFailedAsync(user); return result;")]
    [InlineData("return await other.PasswordSignInAsync(name, password, true, false);")]
    public Task CountedFailures_AreSilent(string statements) => Verify.Silent(Source(statements));

    [Theory]
    [InlineData("[|false|]", "true")]
    [InlineData("lockoutOnFailure: /* not yet */ [|false|]", "lockoutOnFailure: /* not yet */ true")]
    [InlineData("[|SignIns.Locks|]", "true")]
    public Task Argument_IsFixed(string before, string after) => Verify.Fixed(
        Source($"return await manager.PasswordSignInAsync(name, password, true, {before});"), Source($"return await manager.PasswordSignInAsync(name, password, true, {after});"));

    [Fact]
    public Task CommentOfTheTemplate_Goes_IsFixed() => Verify.Fixed(
        Source("""
            name = name.Trim();
                    // The name has no blanks.
                    // This doesn't count login failures towards account lockout
                    // To enable password failures to trigger account lockout, set lockoutOnFailure: true
                    return await manager.PasswordSignInAsync(name, password, true, [|false|]);
            """),
        Source("""
            name = name.Trim();
                    // The name has no blanks.
                    return await manager.PasswordSignInAsync(name, password, true, true);
            """));

    [Fact]
    public Task LocalThatWouldBeUnused_IsNotFixed() =>
        Verify.NotFixed(Source("var locks = false; return await manager.PasswordSignInAsync(name, password, true, [|locks|]);"));

    private static string Source(string statements) => $$"""
        using Microsoft.AspNetCore.Identity;
        using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

        public class SignIns(SignInManager<IdentityUser> manager, UserManager<IdentityUser> users, OwnManager own, Other other)
        {
            public static readonly bool Locks = false;

            public async Task<SignInResult> SignInAsync(string name, string password)
            {
                await Task.Yield();
                {{statements}}
            }

            public override string ToString() => $"{users}{own}{other}";
        }

        public abstract class OwnManager : SignInManager<IdentityUser>
        {
            protected OwnManager() : base(null!, null!, null!, null!, null!, null!, null!) { }
        }

        public class Other
        {
            public Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) => Task.FromResult(SignInResult.Failed);
        }
        """;
}
