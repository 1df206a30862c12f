using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record CreateMarket(
    [Range(1, int.MaxValue)] int CreatorId,
    [Range(1, int.MaxValue)] int CategoryId,
    [Required, StringLength(160)] string Title,
    [Required, StringLength(2_000)] string Description,
    [Required, StringLength(2_000)] string Rules,
    DateTime ClosesAt,
    [MinLength(2), MaxLength(8)] string[] Outcomes);
