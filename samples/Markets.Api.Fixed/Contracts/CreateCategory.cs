using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record CreateCategory([Required, StringLength(40)] string Slug, [Required, StringLength(60)] string Name);
