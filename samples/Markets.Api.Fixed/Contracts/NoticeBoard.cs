using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

/// <summary>All notices of the board, in order.</summary>
public sealed class NoticeBoard
{
    [Length(1, 20)]
    public required List<string> Texts { get; set; }
}
