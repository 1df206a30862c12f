using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record UpdateMarket(
    [Required, StringLength(160)] string Title,
    [Required, StringLength(2_000)] string Description,
    DateTime ClosesAt);
