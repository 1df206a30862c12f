using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A load that BP1010 reports, and what is read of its rows; the analyzer and its fix ask the same question.</summary>
public sealed record BP1010UnprojectedLoad(EntityLoad Load, RowUses Uses)
{
    private const int SmallEntity = 4;
    private const int LeastSaving = 3;

    /// <summary>Returns the load that an operation is, or null where it is none, where enough columns are read, or where that is not known.</summary>
    public static BP1010UnprojectedLoad? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (EntityLoad.Of(operation, model) is not { } load || !load.Entity.IsReadable || load.Entity.Columns.Length <= SmallEntity || IsDeliberate(load))
            return null;
        var uses = RowUses.Of(load, model, cancellation);
        if (!uses.IsUnderstood || (uses.Columns.Count == 0 && !uses.ReadsNavigations) )
            return null;
        var all = load.Entity.Columns.Length;
        var read = uses.Columns.Count;
        if (read * 2 > all || all - read < LeastSaving)
            return null;
        return FixUp.MayMatter(load.Query, load.Entity.Symbol, operation, model) || WastedLoad.Of(operation, model) is not null ? null : new BP1010UnprojectedLoad(load, uses);
    }

    /// <summary>Tracking asked for by name, and SQL that may not be composed over, are decisions.</summary>
    private static bool IsDeliberate(EntityLoad load)
    {
        foreach (var call in load.Query.Operators)
        {
            if (call.TargetMethod.Name is "AsTracking" || call.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal))
                return true;
        }

        return load.Query.Source.Unwrap() is IInvocationOperation source && source.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal);
    }
}
