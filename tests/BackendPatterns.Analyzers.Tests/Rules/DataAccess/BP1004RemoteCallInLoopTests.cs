using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1004RemoteCallInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1004RemoteCallInLoopTests
{
    [Theory]
    [InlineData("_ = await [|http.GetAsync($\"/rates/{id}\")|];")]
    [InlineData("_ = await [|http.GetStringAsync(\"/rates/\" + id)|];")]
    [InlineData("_ = await [|http.GetFromJsonAsync<Product>($\"/products/{id}\")|];")]
    [InlineData("await [|http.PostAsJsonAsync(\"/products\", new { Id = id })|];")]
    [InlineData("using var request = new HttpRequestMessage(HttpMethod.Get, $\"/rates/{id}\"); _ = await [|http.SendAsync(request)|];")]
    [InlineData("_ = await [|invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, $\"/rates/{id}\"), default)|];")]
    [InlineData("_ = await [|rates.GetAsync(new RateRequest(id))|];")]
    [InlineData("_ = await [|FetchAsync(id)|];")]
    public Task RemoteCallPerElement_IsReported(string statement) => Verify.Reported(InLoop(statement));

    [Theory]
    [InlineData("_ = await Task.WhenAll(ids.Select(id => [|http.GetStringAsync($\"/rates/{id}\")|]));")]
    [InlineData("_ = await Task.WhenAll(ids.Select(async id => await [|http.GetStringAsync($\"/rates/{id}\")|]));")]
    [InlineData("var calls = new List<Task>(); foreach (var id in ids) calls.Add([|http.GetStringAsync($\"/rates/{id}\")|]); await Task.WhenAll(calls);")]
    [InlineData("for (var i = 0; i < ids.Count; i++) _ = await [|http.GetStringAsync($\"/rates/{ids[i]}\")|];")]
    [InlineData("_ = await Task.WhenAll(ids.Select([|FetchAsync|]));")]
    public Task EveryKindOfRepetition_IsReported(string statements) => Verify.Reported(In(statements));

    [Fact]
    public Task Chain_IsReportedWithItsPlaces() => Verify.Reported(
        """
        public class Rates(HttpClient http)
        {
            public async Task<List<string>> Of(List<int> ids)
            {
                var found = new List<string>();
                {|#1:foreach|} (var id in ids)
                    found.Add(await {|#0:FetchAsync(id)|});
                return found;
            }

            private Task<string> FetchAsync(int id) => {|#2:http.GetStringAsync($"/rates/{id}")|};
        }
        """,
        expected: new DiagnosticResult(BP1004RemoteCallInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'FetchAsync → HttpClient.GetStringAsync' makes one remote call per element of the loop; ask for all elements in one call, or run the calls beside each other with a limit"));

    [Theory]
    [InlineData("BackgroundService", "protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await Run([1]);")]
    [InlineData("IJob", "public Task Execute(object context) => Run([1]);")]
    [InlineData("IHostedService", "public Task StartAsync(CancellationToken token) => Run([1]); public Task StopAsync(CancellationToken token) => Task.CompletedTask;")]
    public Task BackgroundWorker_IsSilent(string contract, string entry) => Verify.Silent($$"""
        public interface IJob { Task Execute(object context); }

        public class Refresh(HttpClient http) : {{contract}}
        {
            {{entry}}

            private async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = await http.GetStringAsync($"/rates/{id}");
            }
        }
        """);

    [Fact]
    public Task TypeNamedAfterAJob_IsSilent() => Verify.Silent("""
        public class RateRefreshJob(HttpClient http)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = await http.GetStringAsync($"/rates/{id}");
            }
        }
        """);

    [Theory]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => { _ = await http.GetStringAsync($\"/rates/{id}\", token); });")]
    [InlineData("await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, token) => await http.GetStringAsync($\"/rates/{id}\", token));")]
    [InlineData("Parallel.ForEach(ids, id => http.Send(new HttpRequestMessage(HttpMethod.Get, $\"/rates/{id}\")));")]
    [InlineData("using var gate = new SemaphoreSlim(4); await Task.WhenAll(ids.Select(async id => { await gate.WaitAsync(); try { return await http.GetStringAsync($\"/rates/{id}\"); } finally { gate.Release(); } }));")]
    [InlineData("_ = ids.AsParallel().WithDegreeOfParallelism(4).Select(id => http.Send(new HttpRequestMessage(HttpMethod.Get, $\"/rates/{id}\"))).ToList();")]
    public Task BoundedFanOut_IsSilent(string statements) => Verify.Silent(In(statements));

    [Theory]
    [InlineData("foreach (var id in ids) _ = await http.GetStringAsync(\"/status\");")]
    [InlineData("foreach (var id in ids) { _ = await http.GetStringAsync(\"/status\"); found.Add(id); }")]
    [InlineData("foreach (var chunk in ids.Chunk(50)) _ = await http.PostAsJsonAsync(\"/rates\", chunk);")]
    [InlineData("foreach (var chunk in ids.Chunk(50)) _ = await http.PostAsJsonAsync(\"/rates\", new { Ids = chunk });")]
    [InlineData("foreach (var chunk in ids.Chunk(50)) _ = await http.PostAsJsonAsync(\"/rates\", new RateBatch { Ids = chunk.Select(id => id + 1) });")]
    [InlineData("foreach (var currency in new[] { \"EUR\", \"USD\" }) _ = await http.GetStringAsync($\"/rates/{currency}\");")]
    [InlineData("for (var page = 1; ; page++) { var rows = await http.GetFromJsonAsync<List<int>>($\"/rates?page={page}\"); if (rows is null || rows.Count == 0) break; found.AddRange(rows); }")]
    [InlineData("var next = \"/rates\"; while (next != null) { var rows = await http.GetFromJsonAsync<NextPage>(next); next = rows?.Next; }")]
    [InlineData("var state = \"\"; while (state != \"done\") { state = await http.GetStringAsync(\"/jobs/\" + state); await Task.Delay(1000); }")]
    [InlineData("for (var attempt = 0; attempt < 10; attempt++) { try { _ = await http.GetStringAsync(\"/rates?try=\" + attempt); return; } catch (HttpRequestException) { } }")]
    [InlineData("foreach (var id in ids) { var response = await http.GetAsync($\"/mirrors/{id}\"); if (response.IsSuccessStatusCode) return; }")]
    [InlineData("var known = new Dictionary<int, string>(); foreach (var id in ids) if (!known.ContainsKey(id)) known[id] = await http.GetStringAsync($\"/rates/{id}\");")]
    public Task LegitimateLoops_AreSilent(string statements) => Verify.Silent(In(statements));

    [Theory]
    [InlineData("_ = await own.GetAsync($\"/rates/{id}\");")]
    [InlineData("_ = new HttpRequestMessage(HttpMethod.Get, $\"/rates/{id}\");")]
    [InlineData("http.DefaultRequestHeaders.Add(\"id\", id.ToString());")]
    public Task OtherCalls_AreSilent(string statement) => Verify.Silent(InLoop(statement));

    private static string InLoop(string statement) => In($"foreach (var id in ids) {{ {statement} }}");

    private static string In(string statements) => $$"""
        using System.Net.Http.Json;
        using Grpc.Core;

        public class Rates(HttpClient http, HttpMessageInvoker invoker, RateClient rates, OwnClient own)
        {
            public async Task Run(List<int> ids, List<int> found)
            {
                await Task.Yield();
                {{statements}}
            }

            private async Task<string> FetchAsync(int id) => await http.GetStringAsync($"/rates/{id}");
        }

        public record RateRequest(int Id);

        public class RateBatch { public IEnumerable<int> Ids { get; set; } = []; }

        public record NextPage(string? Next);

        public class RateClient(ChannelBase channel) : ClientBase<RateClient>(channel)
        {
            public AsyncUnaryCall<RateRequest> GetAsync(RateRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
                throw new NotSupportedException();

            protected override RateClient NewInstance(ClientBaseConfiguration configuration) => throw new NotSupportedException();
        }

        public class OwnClient
        {
            public Task<string> GetAsync(string path) => Task.FromResult(path);
        }
        """;
}
