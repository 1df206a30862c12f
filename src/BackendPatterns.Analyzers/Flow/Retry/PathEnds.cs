namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>The ends of every path node, as bits; see <see cref="LoopPaths"/>.</summary>
/// <param name="Before">While the failed attempt's iteration lasts.</param>
/// <param name="After">Once the next iteration has begun.</param>
internal sealed record PathEnds(ulong[] Before, ulong[] After);
