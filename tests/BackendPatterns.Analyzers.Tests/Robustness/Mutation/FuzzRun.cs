using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>Examines mutated documents one after the other, on several threads, and keeps what failed and how much was done.</summary>
internal sealed class FuzzRun(int seed)
{
    /// <summary>How many documents are divided into batches at a time.</summary>
    private const int AtATime = 256;

    private static readonly DocumentExaminer EditorWithFixes = new(new DocumentExaminer.Effort(FixedReports: 4, WholeProject: false, Facts: false));
    private static readonly DocumentExaminer Build = new(new DocumentExaminer.Effort(FixedReports: 3, WholeProject: true, Facts: false));
    private static readonly DocumentExaminer BuildWithFacts = new(new DocumentExaminer.Effort(FixedReports: 3, WholeProject: true, Facts: true));
    private static readonly DocumentExaminer Everything = new(new DocumentExaminer.Effort(FixedReports: int.MaxValue, WholeProject: true, Facts: true));

    private readonly MutationPlan _plan = new(seed);
    private readonly Surroundings _surroundings = new();
    private readonly ConcurrentDictionary<MutationKind, int> _kinds = new();
    private readonly ConcurrentDictionary<Origin, int> _origins = new();
    private readonly ConcurrentQueue<(ImmutableArray<MutatedDocument> Documents, Finding Finding)> _findings = new();
    private int _reports;
    private int _fixes;
    private int _documents;
    private int _compilerFailed;

    public int Documents => _documents;

    public int Reports => _reports;

    public int FixesApplied => _fixes;

    /// <summary>How many of the documents were given up because the compiler alone throws or takes too long.</summary>
    public int CompilerFailed => _compilerFailed;

    public IReadOnlyDictionary<MutationKind, int> Kinds => _kinds;

    public IReadOnlyDictionary<Origin, int> Origins => _origins;

    public IReadOnlyCollection<(ImmutableArray<MutatedDocument> Documents, Finding Finding)> Findings => _findings;

    /// <summary>Called before and after documents are examined, on the thread that does it.</summary>
    public Action<ImmutableArray<MutatedDocument>>? Starts { get; init; }

    public Action<ImmutableArray<MutatedDocument>>? Ends { get; init; }

    /// <summary>Called when something failed, on the thread that found it.</summary>
    public Action<ImmutableArray<MutatedDocument>, Finding>? Found { get; init; }

    /// <summary>Examines the documents with these numbers, until it is stopped.</summary>
    public Task Examine(IEnumerable<int> numbers, int threads, CancellationToken stop = default)
    {
        var batches = numbers.Chunk(AtATime).SelectMany(chunk => Surroundings.Batches(chunk.Select(number => _plan[number])));
        var next = Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering).GetDynamicPartitions();
        return Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(
            async () =>
            {
                foreach (var batch in next)
                {
                    if (stop.IsCancellationRequested)
                        return;
                    await Examine(batch);
                }
            },
            CancellationToken.None)));
    }

    private async Task Examine(ImmutableArray<MutatedDocument> batch)
    {
        Starts?.Invoke(batch);
        var outcome = await Examine(batch, EffortFor(batch));
        Interlocked.Add(ref _reports, outcome.Reports);
        Interlocked.Add(ref _fixes, outcome.FixesApplied);
        if (!outcome.Findings.IsEmpty)
            await Attribute(batch, outcome.Findings);
        Ends?.Invoke(batch);
        foreach (var mutated in batch)
        {
            _kinds.AddOrUpdate(mutated.Kind, 1, static (_, count) => count + 1);
            _origins.AddOrUpdate(mutated.Seed.Origin, 1, static (_, count) => count + 1);
            Interlocked.Increment(ref _documents);
        }
    }

    // Which of several documents it was shows when each is examined alone. What needs them together belongs to all of them.
    private async Task Attribute(ImmutableArray<MutatedDocument> batch, ImmutableArray<Finding> findings)
    {
        var isFound = false;
        foreach (var mutated in batch)
        {
            var alone = (await Examine([mutated], Everything)).Findings;
            await Add([mutated], alone);
            isFound |= !alone.IsEmpty;
        }

        if (!isFound)
            await Add(batch, findings);
    }

    private async Task Add(ImmutableArray<MutatedDocument> documents, ImmutableArray<Finding> findings)
    {
        // What the compiler throws when a rule asks it, it throws without rules too.
        if (findings.Any(finding => finding.IsInCompiler) && await Compiler.ThrowsWith(_surroundings.Place(documents)[0].Project))
        {
            Interlocked.Add(ref _compilerFailed, documents.Length);
            findings = findings.RemoveAll(finding => finding.IsInCompiler);
        }

        foreach (var finding in findings)
        {
            _findings.Enqueue((documents, finding));
            Found?.Invoke(documents, finding);
        }
    }

    // The time that is limited is that of the whole process: a second attempt tells what hangs from what was beside it.
    private async Task<DocumentExaminer.Outcome> Examine(ImmutableArray<MutatedDocument> batch, DocumentExaminer examiner)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            using var limit = new ProcessorTimeLimit(ProcessorTimeLimit.PerDocument);
            try
            {
                return await limit.Run(cancellation => examiner.Examine(_surroundings.Place(batch), new Random(batch[0].Number), cancellation));
            }
            catch (Exception exception)
            {
                var project = _surroundings.Place(batch)[0].Project;
                var isTime = exception is OperationCanceledException or TimeoutException;
                if (await (isTime ? Compiler.IsSlowWith(project) : Compiler.ThrowsWith(project)))
                    return await WithoutWhatTheCompilerFailsOn(batch, examiner);
                if (isSecond || !isTime)
                    return new DocumentExaminer.Outcome(0, 0, [new Finding("analysis", exception.ToString())]);
            }
        }
    }

    private async Task<DocumentExaminer.Outcome> WithoutWhatTheCompilerFailsOn(ImmutableArray<MutatedDocument> batch, DocumentExaminer examiner)
    {
        var sum = new DocumentExaminer.Outcome(0, 0, []);
        if (batch.Length == 1)
            Interlocked.Increment(ref _compilerFailed);
        else
        {
            foreach (var mutated in batch)
            {
                var outcome = await Examine([mutated], examiner);
                sum = new DocumentExaminer.Outcome(sum.Reports + outcome.Reports, sum.FixesApplied + outcome.FixesApplied, sum.Findings.AddRange(outcome.Findings));
            }
        }

        return sum;
    }

    // In an editor each document is asked for, which repeats what a build does once for all of them. Only some of the reports are fixed: fixes compile what they change.
    private static DocumentExaminer EffortFor(ImmutableArray<MutatedDocument> batch) => (batch[0].Number % 7) switch
    {
        _ when batch[0].Seed.Origin is Origin.Sample or Origin.ValidCode => EditorWithFixes,
        0 => EditorWithFixes,
        1 => BuildWithFacts,
        _ => Build,
    };
}
