using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record SignIn([Required, EmailAddress] string Email, [Required] string Password);
