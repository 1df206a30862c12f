using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record RegisterUser(
    [Required, StringLength(30)] string Handle,
    [Required, EmailAddress] string Email,
    [Required, MinLength(10)] string Password,
    [Required, StringLength(2, MinimumLength = 2)] string Country);
