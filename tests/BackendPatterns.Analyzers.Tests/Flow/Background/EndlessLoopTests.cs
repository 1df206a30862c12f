using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow.Background;

public class EndlessLoopTests
{
    [Theory]
    [InlineData("while (true) { }", true)]
    [InlineData("while (!ct.IsCancellationRequested) { }", true)]
    [InlineData("while (ct.IsCancellationRequested == false) { }", true)]
    [InlineData("while (ct.IsCancellationRequested is false) { }", true)]
    [InlineData("while (!ct.IsCancellationRequested && await timer.WaitForNextTickAsync(ct)) { }", true)]
    [InlineData("while (await timer.WaitForNextTickAsync(ct).ConfigureAwait(false)) { }", true)]
    [InlineData("while (await channel.Reader.WaitToReadAsync(ct)) { }", true)]
    [InlineData("do { } while (!ct.IsCancellationRequested);", true)]
    [InlineData("for (;;) { if (ct.CanBeCanceled) { } }", true)]
    [InlineData("for (; !ct.IsCancellationRequested;) { }", true)]
    [InlineData("await foreach (var item in channel.Reader.ReadAllAsync(ct)) { }", true)]
    [InlineData("await foreach (var item in channel.Reader.ReadAllAsync().WithCancellation(ct)) { }", true)]
    [InlineData("while (ct.IsCancellationRequested) { }", false)]
    [InlineData("while (!ct.IsCancellationRequested && count < 5) { }", false)]
    [InlineData("while (count < 5) { }", false)]
    [InlineData("while (count++ < 5) { }", false)]
    [InlineData("while (channel.Reader.TryRead(out _)) { }", false)]
    [InlineData("for (var i = 0; i < count; i++) { }", false)]
    [InlineData("foreach (var item in new[] { 1, 2 }) { }", false)]
    public void Loop_IsEndless(string loop, bool expected) => Assert.Equal(expected, EndlessLoop.Is(Loop(loop)));

    [Theory]
    [InlineData("while (true) { count++; }", true)]
    [InlineData("while (true) { if (ct.IsCancellationRequested) break; }", true)]
    [InlineData("while (true) { try { count++; } catch (Exception) { return; } }", true)]
    [InlineData("while (true) { foreach (var item in new[] { 1 }) { break; } }", true)]
    [InlineData("while (true) { if (count > 5) break; }", false)]
    [InlineData("while (true) { if (count > 5) return; }", false)]
    public void Body_HasNoEndByDesign(string loop, bool expected) => Assert.Equal(expected, EndlessLoop.HasNoEndByDesign(Loop(loop)));

    private static ILoopOperation Loop(string loop)
    {
        var test = ModelTest.Compile($$"""
            using System.Threading.Channels;

            public class Worker
            {
                public async Task Run(PeriodicTimer timer, Channel<int> channel, int count, CancellationToken ct)
                {
                    await Task.CompletedTask;
                    {{loop}}
                }
            }
            """);
        return (ILoopOperation)test.Operation<StatementSyntax>(loop);
    }
}
