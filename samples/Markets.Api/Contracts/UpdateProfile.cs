using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record UpdateProfile([Required, StringLength(60)] string DisplayName, [StringLength(500)] string? Bio, bool MarketingConsent);
