namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>The tests that set the clock of Polly 7, which is one for the whole process, run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PolicyClockCollection
{
    public const string Name = "The clock of Polly 7";
}
