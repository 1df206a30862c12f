using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class AccountService(MarketsDbContext db, TokenIssuer tokens, TimeProvider clock, ILogger<AccountService> logger)
    : IAccountService
{
    public async Task<TokenResponse?> SignInAsync(SignIn request, CancellationToken cancellationToken)
    {
        var account = await db.Users
            .Where(x => x.Email == request.Email && !x.IsSuspended)
            .Select(x => new { x.Id, x.Handle, x.Role, x.PasswordHash })
            .SingleOrDefaultAsync(cancellationToken);
        if (account is null || !PasswordHasher.Verify(request.Password, account.PasswordHash))
        {
            logger.LogInformation("Sign-in refused");
            return null;
        }

        return tokens.Issue(account.Id, account.Handle, account.Role);
    }

    public async Task<TokenResponse?> RegisterAsync(RegisterUser request, CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(x => x.Email == request.Email || x.Handle == request.Handle, cancellationToken))
            return null;

        var user = new User
        {
            Handle = request.Handle,
            Email = request.Email,
            PasswordHash = PasswordHasher.Hash(request.Password),
            DisplayName = request.Handle,
            Role = Roles.Trader,
            Country = request.Country,
            Locale = "en",
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return tokens.Issue(user.Id, user.Handle, user.Role);
    }
}
