namespace BackendPatterns.Analyzers.Model;

/// <summary>
/// The computation of a fact that many rules ask for at the same moment, when an analysis begins: one thread computes, the others wait for it instead of computing the same.
/// A computation that throws (cancellation) is not kept: the next caller computes again.
/// </summary>
internal sealed class SharedFact<T>(Func<T> compute)
{
    private readonly object _gate = new();
    private T _value = default!;
    private bool _isKnown;

    /// <summary>Returns the fact.</summary>
    public T Get()
    {
        lock (_gate)
        {
            if (!_isKnown)
            {
                _value = compute();
                _isKnown = true;
            }

            return _value;
        }
    }
}
