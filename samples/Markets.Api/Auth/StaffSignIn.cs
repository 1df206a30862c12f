using Microsoft.AspNetCore.Identity;

namespace Markets.Api.Auth;

/// <summary>Signs in members of staff, whose accounts the back office keeps with ASP.NET Core Identity.</summary>
public sealed class StaffSignIn(SignInManager<IdentityUser> manager)
{
    public async Task<bool> SignInAsync(string name, string password)
    {
        var result = await manager.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: false);
        return result.Succeeded;
    }
}
