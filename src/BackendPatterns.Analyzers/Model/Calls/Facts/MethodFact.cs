namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>What a project has found out about a method: calling it makes a round trip.</summary>
/// <param name="Member">The method that is called, also where it is declared elsewhere and only implemented in the project.</param>
/// <param name="Trip">The round trip.</param>
internal sealed record MethodFact(MemberName Member, RoundTripFact Trip);
