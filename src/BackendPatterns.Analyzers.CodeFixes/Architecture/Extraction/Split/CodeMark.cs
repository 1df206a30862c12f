using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a word in a handler means for moving the code around it.</summary>
internal enum MarkKind
{
    /// <summary>A moved dependency: the code has to leave.</summary>
    Data,

    /// <summary>A shared dependency: the code may leave.</summary>
    Shared,

    /// <summary>A matter of the endpoint: the code stays.</summary>
    Http,

    /// <summary>A value of the endpoint that can be handed over as an argument.</summary>
    Value,

    /// <summary>A static member named without its type: the service has to name the type.</summary>
    Static,

    /// <summary>A constant of the endpoint in a query: the service writes its value, so that the query stays the same.</summary>
    Constant,

    /// <summary>A type by another name of this file.</summary>
    Alias,
}

/// <summary>A place in a handler that matters for moving it.</summary>
/// <param name="Node">The name, or the whole expression of a value.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Symbol">The symbol that it names, if any.</param>
internal sealed record CodeMark(SyntaxNode Node, MarkKind Kind, ISymbol? Symbol)
{
    public TextSpan Span => Node.Span;
}
