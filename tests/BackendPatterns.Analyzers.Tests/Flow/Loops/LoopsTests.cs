using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class LoopsTests
{
    [Theory]
    [InlineData("foreach (var id in ids) Mark(id);", "ForEach")]
    [InlineData("await foreach (var id in stream) Mark(id);", "AwaitForEach")]
    [InlineData("for (var i = 0; i < ids.Count; i++) Mark(i);", "For")]
    [InlineData("for (var i = 0; Mark(i); i++) { }", "For")]
    [InlineData("for (var i = 0; i < 9; Mark(i)) i++;", "For")]
    [InlineData("while (Mark(0)) { }", "While")]
    [InlineData("do { Mark(0); } while (ids.Count > 0);", "DoWhile")]
    [InlineData("foreach (var id in ids) while (id > 0) Mark(id);", "While ForEach")]
    [InlineData("foreach (var id in ids) _ = ids.Select(x => Mark(x)).ToList();", "PerItemCall ForEach")]
    [InlineData("_ = ids.Select(x => ids.Where(y => Mark(y)).Count()).ToList();", "PerItemCall PerItemCall")]
    [InlineData("_ = (from id in ids where Mark(id) select id).ToList();", "PerItemCall")]
    [InlineData("_ = (from id in ids let marked = Mark(id) select marked).ToList();", "PerItemCall")]
    [InlineData("_ = ids.ToDictionary(x => x, x => Mark(x));", "PerItemCall")]
    [InlineData("ids.ForEach(x => Mark(x));", "PerItemCall")]
    [InlineData("Array.ForEach(ids.ToArray(), x => Mark(x));", "PerItemCall")]
    [InlineData("Parallel.For(0, 9, x => Mark(x));", "PerItemCall")]
    [InlineData("await Parallel.ForEachAsync(ids, (x, token) => { Mark(x); return default; });", "PerItemCall")]
    [InlineData("_ = await Task.WhenAll(ids.Select(async x => { await Task.Yield(); return Mark(x); }));", "PerItemCall")]
    [InlineData("_ = await db.Orders.ToDictionaryAsync(o => Mark(o.Id));", "PerItemCall")]
    [InlineData("Each(ids, x => Mark(x));", "PerItemCall")]
    [InlineData("EachOfEach(ids, x => Mark(x));", "PerItemCall")]
    [InlineData("_ = ids.ToDictionary(x => x, x => x).ToFrozenDictionary(x => x.Key, x => Mark(x.Key));", "PerItemCall")]
    [InlineData("Func<int, bool> mark = x => Mark(x); _ = ids.Select(mark).ToList();", "PerItemCall")]
    [InlineData("foreach (var id in ids) { Action<int> mark = x => Mark(x); Each(ids, mark); }", "PerItemCall ForEach")]
    public void Repetition_IsFound(string statement, string expected) => Assert.Equal(expected, Kinds(statement));

    [Theory]
    [InlineData("Mark(1);")]
    [InlineData("foreach (var id in ids.Where(x => x > 1).Append(Mark(1) ? 1 : 2)) { }")]
    [InlineData("for (var i = Mark(1) ? 1 : 2; i < 9; i++) { }")]
    [InlineData("foreach (var id in ids) _ = Task.Run(() => Mark(id));")]
    [InlineData("foreach (var id in ids) { Func<bool> later = () => Mark(id); }")]
    [InlineData("foreach (var id in ids) { bool Local() => Mark(id); }")]
    [InlineData("foreach (var id in ids) { _ = db.Orders.Where(o => Mark(o.Id)); }")]
    [InlineData("_ = ids.Aggregate(0, (a, b) => a + b, a => Mark(a));")]
    [InlineData("_ = new Lazy<bool>(() => Mark(1));")]
    [InlineData("Once(ids, x => Mark(x));")]
    [InlineData("Until(ids, x => Mark(x));")]
    [InlineData("Endless(ids, x => Mark(x));")]
    [InlineData("Func<int, bool> mark = x => Mark(x); mark = x => false; _ = ids.Select(mark).ToList();")]
    [InlineData("Func<int, bool> mark = x => Mark(x); mark(1);")]
    public void NoRepetition_IsFound(string statement) => Assert.Equal("", Kinds(statement));

    [Fact]
    public void MethodGroup_RunsPerItem()
    {
        var test = Compile("_ = ids.Select(Mark).ToList();");
        var group = test.Call("ids.Select(Mark)").DescendantsAndSelf().OfType<IMethodReferenceOperation>().Single();
        var repetition = Assert.Single(Loops.Enclosing(group));
        Assert.Equal("ids", repetition.Sequence!.Syntax.ToString());
        Assert.Equal("Select", Text(repetition.Header));
    }

    [Theory]
    [InlineData("Each(ids, x => Mark(x));", "ids")]
    [InlineData("EachOfEach(ids.Distinct(), x => Mark(x));", "ids.Distinct()")]
    [InlineData("this.Listed(3, ids, x => Mark(x));", "ids")]
    public void OwnOperator_TellsItsSequence(string statement, string expected)
    {
        var repetition = Assert.Single(Loops.Enclosing(Compile(statement).Call("Mark(x)")));
        Assert.Equal(expected, repetition.Sequence!.Unwrap().Syntax.ToString());
    }

    [Fact]
    public void ManyAliasesOfOneLambda_AreCutOff()
    {
        var aliases = string.Concat(Enumerable.Range(1, 2000).Select(i => $"var f{i} = f{i - 1}; "));
        Assert.Equal("", Kinds($"Func<int, bool> f0 = x => Mark(x); {aliases} _ = ids.Select(f2000).ToList();"));
    }

    [Fact]
    public void Loop_TellsElementSequenceAndHeader()
    {
        var test = Compile("foreach (var (id, name) in pairs) Mark(id);");
        var repetition = Assert.Single(Loops.Enclosing(test.Call("Mark(id)")));
        Assert.Equal(["id", "name"], repetition.ElementSymbols.Select(symbol => symbol.Name));
        Assert.Equal("pairs", repetition.Sequence!.Unwrap().Syntax.ToString());
        Assert.Equal("foreach", Text(repetition.Header));
    }

    [Theory]
    [InlineData("for (var i = 0; i < ids.Count; i++) Mark(i);", "ids")]
    [InlineData("while (queue.Count > 0) Mark(0);", "queue")]
    [InlineData("while (queue.TryDequeue(out var id)) Mark(id);", "queue")]
    [InlineData("while (text.Length > 0) Mark(0);", null)]
    [InlineData("for (;;) Mark(0);", null)]
    public void SequenceThatBoundsALoop_IsFound(string statement, string? sequence)
    {
        var test = Compile(statement);
        var repetition = Loops.Enclosing(test.Call("Mark(")).Single();
        Assert.Equal(sequence, repetition.Sequence?.Syntax.ToString());
    }

    [Fact]
    public void DeepChain_IsWalkedWithoutRecursion()
    {
        var chain = string.Concat(Enumerable.Repeat(".Where(x => x > 0)", 1500));
        var test = Compile($"foreach (var id in ids) _ = ids{chain}.Any(x => Mark(x));");
        Assert.Equal(2, Loops.Enclosing(test.Call("Mark(x)")).Length);
    }

    private static string Kinds(string statement) =>
        string.Join(" ", Loops.Enclosing(Compile(statement).Call("Mark(")).Select(repetition => repetition.Kind));

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    private static ModelTest Compile(string statement) => ModelTest.Compile($$"""
        using System.Collections.Frozen;

        #pragma warning disable CS8321
        public class Test(ShopContext db)
        {
            public async Task Run(List<int> ids, IAsyncEnumerable<int> stream, List<(int, string)> pairs, Queue<int> queue, string text)
            {
                await Task.Yield();
                {{statement}}
            }

            private static bool Mark(int id) => id > 0;

            private static void Each(IEnumerable<int> items, Action<int> body)
            {
                foreach (var item in items)
                    body(item);
            }

            private static void EachOfEach(IEnumerable<int> items, Action<int> body) => Each(items.Where(item => item > 0), item => body(item));

            private void Listed(int least, IEnumerable<int> items, Action<int> body)
            {
                var list = items as IList<int> ?? items.ToList();
                for (var i = least; i < list.Count; i++)
                    body(list[i]);
            }

            private static void Once(IEnumerable<int> items, Action<int> body) => body(items.First());

            private static int Until(IEnumerable<int> items, Func<int, bool> found)
            {
                foreach (var item in items)
                {
                    if (found(item))
                        return item;
                }

                return 0;
            }

            private static void Endless(IEnumerable<int> items, Action<int> body) => Endless(items, item => body(item));
        }
        """);
}
