namespace Markets.Api.Contracts;

/// <summary>All notices of the board, in order.</summary>
public sealed class NoticeBoard
{
    public required List<string> Texts { get; set; }
}
