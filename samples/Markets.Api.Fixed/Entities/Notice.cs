namespace Markets.Api.Entities;

/// <summary>A text that the administrators show above the list of markets.</summary>
public class Notice
{
    public int Id { get; set; }

    public required string Text { get; set; }
}
