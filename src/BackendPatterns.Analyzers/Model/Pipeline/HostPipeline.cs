namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>The pipeline of an application from its first call to its last, those in methods of this code base included.</summary>
/// <param name="Steps">The calls in the order in which they run.</param>
public sealed record HostPipeline(IReadOnlyList<PipelineStep> Steps)
{
    /// <summary>True where middleware of this kind, or a call that may add anything, stands before an index.</summary>
    public bool MayHaveBefore(int index, Middleware middleware)
    {
        for (var i = 0; i < index; i++)
        {
            if (Steps[i].Middleware == middleware || Steps[i].Middleware is Middleware.Unknown)
                return true;
        }

        return false;
    }

    /// <summary>True where middleware of this kind stands after an index.</summary>
    public bool HasAfter(int index, Middleware middleware)
    {
        for (var i = index + 1; i < Steps.Count; i++)
        {
            if (Steps[i].Middleware == middleware)
                return true;
        }

        return false;
    }

    /// <summary>Returns the first call before an index that adds this middleware and runs whenever the one at the index does, or -1.</summary>
    public int FirstBefore(int index, Middleware middleware)
    {
        for (var i = 0; i < index; i++)
        {
            if (Steps[i].Middleware == middleware && Steps[i].IsComparableTo(Steps[index]))
                return i;
        }

        return -1;
    }

    /// <summary>Returns the first call after an index that adds this middleware and runs whenever the one at the index does, or -1.</summary>
    public int FirstAfter(int index, Middleware middleware)
    {
        for (var i = index + 1; i < Steps.Count; i++)
        {
            if (Steps[i].Middleware == middleware && Steps[i].IsComparableTo(Steps[index]))
                return i;
        }

        return -1;
    }
}
