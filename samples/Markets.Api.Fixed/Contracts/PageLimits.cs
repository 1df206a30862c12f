namespace Markets.Api.Contracts;

/// <summary>What a client needs to know to page through lists.</summary>
public sealed record PageLimits(int DefaultSize, int LargestSize);
