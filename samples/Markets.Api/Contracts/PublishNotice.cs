using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed class PublishNotice
{
    [StringLength(200)]
    public required string Text { get; set; }
}
