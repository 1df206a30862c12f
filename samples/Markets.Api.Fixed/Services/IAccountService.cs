using Markets.Api.Auth;
using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IAccountService
{
    Task<TokenResponse?> SignInAsync(SignIn request, CancellationToken cancellationToken);

    Task<TokenResponse?> RegisterAsync(RegisterUser request, CancellationToken cancellationToken);
}
