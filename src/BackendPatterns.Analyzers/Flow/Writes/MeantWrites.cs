using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Why a write per element is meant, beyond the legitimate loops: each element is a unit of work of its own, or there is no other way to write it.</summary>
public static class MeantWrites
{
    /// <summary>True where the write that was found per element is meant, or where too little is known to call it a mistake.</summary>
    public static bool Include(PerElementTrip found, BackendModel model)
    {
        var (call, repetition) = (found.Call, found.Repetition);
        // Without a sequence nobody knows what a turn is: mostly a page, a message or a batch.
        if (repetition.Sequence is null && repetition.IsOpenEnded)
            return true;
        var element = ValueFlow.OfElement(repetition, model.Libraries);
        var sites = CallSites.Of(found, model);
        if (!HasBulkForm(found, element, model))
            return true;
        if (IsBatch(repetition, element) || IsWithinReportedTransaction(call, repetition, model))
            return true;
        foreach (var site in sites)
        {
            if (FailureBoundary.Surrounds(site) || OwnContext.Is(site, model.Libraries) || GeneratedKeys.AreReadAfter(site, model))
                return true;
        }

        return SideEffects.In(repetition.Body, call, model);
    }

    /// <summary>Of a write in another project only the library and the name are known, whether its source is seen or not.</summary>
    private static bool HasBulkForm(PerElementTrip found, ValueFlow element, BackendModel model)
    {
        if (found.Chain is not { } chain)
            return CallSites.TripOf(found, model) is { } direct && BulkForm.Exists(direct, found.Repetition, isDirect: true, element);
        if (chain.End.Trip is { } write && model.Compilation.ContainsSyntaxTree(write.Operation.Syntax.SyntaxTree))
            return BulkForm.Exists(write, found.Repetition, isDirect: false, element);
        return chain.End.Library is DataLibrary.EntityFrameworkCore && chain.End.Name.IndexOf("ExecuteSqlRaw", StringComparison.Ordinal) < 0;
    }

    /// <summary>The element is a chunk, a group or a page, or a counter that cuts a slice out of a list.</summary>
    private static bool IsBatch(Repetition repetition, ValueFlow element)
    {
        foreach (var symbol in repetition.ElementSymbols)
        {
            if (symbol is ILocalSymbol { Type: var type } && IsManyItems(type) || symbol is IParameterSymbol { Type: var given } && IsManyItems(given))
                return true;
        }

        return repetition.Kind is RepetitionKind.For or RepetitionKind.While or RepetitionKind.DoWhile && repetition.Body.DescendantsAndSelf().Any(operation =>
            operation is IInvocationOperation { TargetMethod.Name: "Skip" or "Take" or "GetRange" or "Slice" or "AsSpan" } slice && element.Reaches(slice));
    }

    private static bool IsManyItems(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments: [_, var value] })
            type = value;
        return type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte or SpecialType.System_Char } && type.ElementTypeOfSequence() is not null
               || type.Name.EndsWith("Batch", StringComparison.Ordinal) || type.Name.EndsWith("Page", StringComparison.Ordinal) || type.Name.EndsWith("Chunk", StringComparison.Ordinal);
    }

    /// <summary>Where each element has a transaction, that is the place to change; what is written in it follows.</summary>
    private static bool IsWithinReportedTransaction(IOperation call, Repetition repetition, BackendModel model)
    {
        foreach (var operation in repetition.Body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "BeginTransaction" or "BeginTransactionAsync" } begin && begin != call
                && begin.Syntax.SpanStart < call.Syntax.SpanStart && model.DataAccess.Classify(begin) is { Kind: RoundTripKind.DatabaseWrite })
            {
                return true;
            }
        }

        return false;
    }
}
