using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record Paging
{
    public const int LargestSize = 100;

    [Range(1, 10_000)]
    public int Page { get; init; } = 1;

    [Range(1, LargestSize)]
    public int Size { get; init; } = 25;

    public int Skip() => (Page - 1) * Size;

    public int Take() => Math.Min(Size, LargestSize);
}
