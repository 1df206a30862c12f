using System.Collections.Immutable;
using System.Numerics;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>
/// The endless list of mutated documents that a number stands for: document n is always the same one, so a finding is repeated by its number. Prefixes and deletions walk through all tokens
/// of an origin in leaps, without coming to one twice before all were visited; the other kinds leave everything to chance.
/// </summary>
internal sealed class MutationPlan(int seed)
{
    private const int StepsBetweenSeeds = 100_003;

    /// <summary>The kinds by turns.</summary>
    private static readonly ImmutableArray<MutationKind> Turns =
    [
        MutationKind.Prefix, MutationKind.Deletion, MutationKind.Transplant, MutationKind.Swap, MutationKind.Replacement, MutationKind.Prefix, MutationKind.Deletion, MutationKind.Duplication,
        MutationKind.Move, MutationKind.Transplant, MutationKind.Merge, MutationKind.Deletion, MutationKind.Nesting, MutationKind.Removal, MutationKind.Prefix, MutationKind.Transplant,
    ];

    /// <summary>The origins by turns; a file of the sample or of the valid code is compiled with the others of its project, which takes longer.</summary>
    private static readonly ImmutableArray<Origin> Origins =
    [
        Origin.Test, Origin.Page, Origin.Test, Origin.Sample, Origin.Test, Origin.Test, Origin.Page, Origin.Test, Origin.Test, Origin.ValidCode, Origin.Test, Origin.Test, Origin.Page, Origin.Test,
        Origin.Test,
    ];

    private static readonly ImmutableArray<Turn> Round = [.. Enumerable.Range(0, Turns.Length * Origins.Length)
        .Select(at => (At: at, Kind: Turns[at % Turns.Length], Origin: Origins[at % Origins.Length]))
        .GroupBy(turn => (turn.Kind, turn.Origin))
        .SelectMany(same => same.Select((turn, rank) => (turn.At, Turn: new Turn(turn.Kind, turn.Origin, rank, same.Count()))))
        .OrderBy(turn => turn.At)
        .Select(turn => turn.Turn)];

    private static readonly ImmutableDictionary<Origin, TokenWalk> Walks = Enum.GetValues<Origin>().ToImmutableDictionary(origin => origin, origin => new TokenWalk(Seeds.Of(origin)));

    /// <summary>The document of a number from 0.</summary>
    public MutatedDocument this[int number]
    {
        get
        {
            var random = new Random(unchecked((seed * 486_187_739) + number));
            var turn = Round[number % Round.Length];
            var step = ((long)seed * StepsBetweenSeeds) + ((long)(number / Round.Length) * turn.InARound) + turn.Rank;
            var (source, token) = Walk(turn.Origin, turn.Kind is MutationKind.Prefix or MutationKind.Deletion ? step : random.Next());
            var donors = Seeds.Of(Origins[random.Next(Origins.Length)]);
            return new MutatedDocument(number, turn.Kind, source, new Mutator(source, random).Apply(turn.Kind, token, donors[random.Next(donors.Length)]));
        }
    }

    /// <summary>The token of an origin that is reached with this step.</summary>
    public static (Seed Seed, int Token) Walk(Origin origin, long step) => Walks[origin].At(step);

    /// <summary>One document of a round: it is the one with this rank among those of its kind and origin.</summary>
    private readonly record struct Turn(MutationKind Kind, Origin Origin, int Rank, int InARound);

    /// <summary>All tokens of many seeds as one list, in which neighbours of the walk are far apart.</summary>
    private sealed class TokenWalk
    {
        private readonly ImmutableArray<Seed> _seeds;
        private readonly ImmutableArray<int> _starts;
        private readonly int _count;
        private readonly int _leap;

        public TokenWalk(ImmutableArray<Seed> seeds)
        {
            _seeds = [.. seeds.Where(seed => !seed.Tokens.IsEmpty)];
            var starts = ImmutableArray.CreateBuilder<int>();
            foreach (var seed in _seeds)
            {
                starts.Add(_count);
                _count += seed.Tokens.Length;
            }

            _starts = starts.ToImmutable();
            _leap = (int)(_count * 0.618);
            while (BigInteger.GreatestCommonDivisor(_leap, _count) != 1)
                _leap++;
        }

        public (Seed Seed, int Token) At(long step)
        {
            var position = (int)(Math.Abs(step) * _leap % _count);
            var at = _starts.BinarySearch(position);
            if (at < 0)
                at = ~at - 1;
            return (_seeds[at], position - _starts[at]);
        }
    }
}

/// <param name="Number">What the plan finds it by.</param>
/// <param name="Kind">What was done to the seed.</param>
/// <param name="Seed">What it was before.</param>
/// <param name="Text">What it is now.</param>
internal sealed record MutatedDocument(int Number, MutationKind Kind, Seed Seed, string Text);
