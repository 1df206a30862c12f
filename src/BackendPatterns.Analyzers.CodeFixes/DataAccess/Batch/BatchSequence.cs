using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>How the items of a loop can be looked at before it runs.</summary>
public enum SequenceUse
{
    /// <summary>A list in a variable: name it twice.</summary>
    AsIs,

    /// <summary>A list that an expression makes: give it a name.</summary>
    Named,

    /// <summary>A lazy sequence: put it into a list.</summary>
    Materialized,

    /// <summary>A query: load it.</summary>
    Loaded,
}

/// <summary>The items of a loop.</summary>
/// <param name="Items">The sequence, with the casts that are written.</param>
/// <param name="Syntax">The sequence as it is written in the loop.</param>
/// <param name="Use">How it is looked at before the loop.</param>
/// <param name="IsAsynchronous">True for <c>await foreach</c>, which loads a query asynchronously.</param>
public sealed record BatchSequence(IOperation Items, ExpressionSyntax Syntax, SequenceUse Use, bool IsAsynchronous = false)
{
    /// <summary>Returns the items, or null for a query that would have to be loaded elsewhere, and for one that may end early and perhaps only so.</summary>
    public static BatchSequence? Of(IOperation items, bool isAsynchronous, bool leavesEarly, BackendModel model)
    {
        var sequence = items;
        while (sequence is IConversionOperation { IsImplicit: true } conversion)
            sequence = conversion.Operand;
        if (sequence.Syntax is not ExpressionSyntax syntax)
            return null;
        if (model.DataAccess.QueryOf(items) is { Provider: QueryProvider.EntityFrameworkCore })
            return new BatchSequence(sequence, syntax, SequenceUse.Loaded, isAsynchronous);
        if (isAsynchronous)
            return null;
        if (KeyedLoop.IsList(sequence.Type))
            return new BatchSequence(sequence, syntax, IsVariable(sequence) ? SequenceUse.AsIs : SequenceUse.Named);
        // A lazy sequence may never end; a loop that stops early then depends on that.
        return model.Libraries.Linq.IsQueryable(sequence.Type) || leavesEarly ? null : new BatchSequence(sequence, syntax, SequenceUse.Materialized);
    }

    /// <summary>The query without the operator that hands it to <c>await foreach</c> or to LINQ in memory.</summary>
    public ExpressionSyntax Loadable =>
        Use is SequenceUse.Loaded && Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsAsyncEnumerable" or "AsEnumerable", Expression: var query } }
            ? query
            : Syntax;

    private static bool IsVariable(IOperation sequence) => sequence switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation => true,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation } => true,
        IPropertyReferenceOperation { Property: var property, Instance: null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation } =>
            BatchItem.IsPlain(property),
        _ => false,
    };
}
