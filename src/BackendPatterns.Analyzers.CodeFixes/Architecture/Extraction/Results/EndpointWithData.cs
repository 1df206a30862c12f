namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Results;

/// <summary>An endpoint type some of whose data access cannot move as it is written.</summary>
/// <param name="Endpoint">The type.</param>
/// <param name="Names">The names around the service.</param>
/// <param name="Place">Where the service would go.</param>
internal sealed record EndpointWithData(EndpointShape Endpoint, EndpointNames Names, ServicePlace Place);
