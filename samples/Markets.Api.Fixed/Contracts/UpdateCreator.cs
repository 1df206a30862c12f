using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record UpdateCreator(
    [Required, StringLength(80)] string Name,
    [StringLength(500)] string? Bio,
    [Url] string? Website);
