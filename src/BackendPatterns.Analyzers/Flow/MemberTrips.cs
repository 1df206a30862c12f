using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// What the rules on queries and loops ask about the code of one member, listed once for all of them. A member whose text mentions no name that could reach a round trip, nearly every
/// one, is not walked at all.
/// </summary>
internal sealed class MemberTrips
{
    private static readonly ConditionalWeakTable<IOperation, MemberTrips> Known = new();
    private static readonly MemberTrips Nothing = new(null, NameTraits.None, null);

    private readonly IOperation? _root;
    private readonly NameTraits _kinds;
    private readonly BackendModel? _model;
    private ImmutableArray<RepeatedCall> _repeated;
    private ImmutableArray<IOperation> _reads;

    private MemberTrips(IOperation? root, NameTraits kinds, BackendModel? model)
    {
        _root = root;
        _kinds = kinds;
        _model = model;
    }

    /// <summary>Returns what is known of the blocks of a member, once for each root.</summary>
    public static IEnumerable<MemberTrips> Of(ImmutableArray<IOperation> blocks, BackendModel model, CancellationToken cancellation)
    {
        if (blocks.Length == 1)
            return Of(blocks[0], model, cancellation) is var only && only != Nothing ? [only] : [];
        return OfSeveral(blocks, model, cancellation);
    }

    /// <summary>The operations that stand in a repetition and make a round trip or may by the names behind them, in source order.</summary>
    public ImmutableArray<RepeatedCall> Repeated(CancellationToken cancellation)
    {
        if (_repeated.IsDefault)
            ImmutableInterlocked.InterlockedInitialize(ref _repeated, RepeatedCalls.Below(_root!, _kinds, _model!, cancellation));
        return _repeated;
    }

    /// <summary>The calls and loops that read through EF Core (<see cref="DataAccessModel.ReadBy"/>), in source order.</summary>
    public ImmutableArray<IOperation> Reads(CancellationToken cancellation)
    {
        if (_reads.IsDefault)
            ImmutableInterlocked.InterlockedInitialize(ref _reads, FindReads(cancellation));
        return _reads;
    }

    private static IEnumerable<MemberTrips> OfSeveral(ImmutableArray<IOperation> blocks, BackendModel model, CancellationToken cancellation)
    {
        foreach (var root in blocks.Roots())
        {
            var trips = Of(root, model, cancellation);
            if (trips != Nothing)
                yield return trips;
        }
    }

    private static MemberTrips Of(IOperation block, BackendModel model, CancellationToken cancellation)
    {
        var root = block.Root();
        if (Known.TryGetValue(root, out var known))
            return known;
        var kinds = model.Calls.KindsAround(root.Syntax, cancellation);
        var trips = kinds is NameTraits.None ? Nothing : new MemberTrips(root, kinds, model);
        return Known.GetValue(root, _ => trips);
    }

    private ImmutableArray<IOperation> FindReads(CancellationToken cancellation)
    {
        if ((_kinds & NameTraits.Reads) == 0)
            return ImmutableArray<IOperation>.Empty;
        var reads = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var operation in _root!.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (operation is IForEachLoopOperation or IInvocationOperation { TargetMethod.IsExtensionMethod: true } && _model!.DataAccess.ReadBy(operation) is not null)
                reads.Add(operation);
        }

        return reads.ToImmutable();
    }
}
