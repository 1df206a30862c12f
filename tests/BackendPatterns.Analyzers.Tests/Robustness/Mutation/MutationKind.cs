namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>What is done to a seed.</summary>
internal enum MutationKind
{
    /// <summary>The file ends after one of its tokens, as it does while it is typed from the top.</summary>
    Prefix,

    /// <summary>One token is missing.</summary>
    Deletion,

    /// <summary>Two tokens changed places.</summary>
    Swap,

    /// <summary>One token is another one of the same file, or a word of the language.</summary>
    Replacement,

    /// <summary>A block, statement, member, argument or attribute stands there twice.</summary>
    Duplication,

    /// <summary>A statement, member, expression, type … stands in the place of another, perhaps of another file.</summary>
    Transplant,

    /// <summary>A statement, member or argument went elsewhere in its file.</summary>
    Move,

    /// <summary>A whole node is missing.</summary>
    Removal,

    /// <summary>All that had one name has that of something else: types inherit themselves, calls have the wrong number of arguments.</summary>
    Merge,

    /// <summary>Something is wrapped in many loops, lambdas, conditions or calls.</summary>
    Nesting,
}
