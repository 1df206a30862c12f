using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5004RecursiveRetryAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Methods that call themselves after a failure, and what ends some of them.</summary>
public class BP5004RecursiveRetryTests
{
    [Fact]
    public Task CallInTheCatch_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                return await [|LoadAsync|]();
            }
        }
        """));

    [Fact]
    public Task CatchAllWithDelay_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (Exception)
            {
                await Task.Delay(1000);
                return await [|LoadAsync|]();
            }
        }
        """));

    [Fact]
    public Task SameArguments_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(string address, int id)
        {
            try
            {
                return await http.GetStringAsync(address + id);
            }
            catch (HttpRequestException)
            {
                logger.LogWarning("again");
                return await this.[|LoadAsync|](address, id: id);
            }
        }
        """));

    [Fact]
    public Task Synchronous_IsReported() => Verify.Reported(RetryClient.With(
        """
        public int Charge(int id)
        {
            try
            {
                return gateway.Charge(id);
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(100);
                return [|Charge|](id);
            }
        }
        """));

    [Fact]
    public Task WithoutResult_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            try
            {
                await gateway.SendAsync(order);
            }
            catch (HttpRequestException)
            {
                await [|SendAsync|](order);
            }
        }
        """));

    [Fact]
    public Task CallAfterTheTry_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }

            return await [|LoadAsync|]();
        }
        """));

    [Fact]
    public Task FailedStatus_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var response = await http.GetAsync("a");
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStringAsync();
            await Task.Delay(1000);
            return await [|LoadAsync|]();
        }
        """));

    [Fact]
    public Task FailedResult_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var result = await gateway.PostAsync(order);
            if (!result.Succeeded)
                await [|SendAsync|](order);
        }
        """));

    [Fact]
    public Task LocalFunction_IsReported() => Verify.Reported(RetryClient.With(
        """
        public Task<string> LoadAsync(string address)
        {
            return TryAsync();

            async Task<string> TryAsync()
            {
                try
                {
                    return await http.GetStringAsync(address);
                }
                catch (HttpRequestException)
                {
                    return await [|TryAsync|]();
                }
            }
        }
        """));

    [Fact]
    public Task GenericHelper_IsReported() => Verify.Reported(RetryClient.With(
        """
        public static async Task<T> RetryAsync<T>(Func<Task<T>> work)
        {
            try
            {
                return await work();
            }
            catch (Exception)
            {
                await Task.Delay(1);
                return await [|RetryAsync|](work);
            }
        }
        """));

    [Fact]
    public Task GenericCallWithTypeArgument_IsReported() => Verify.Reported(RetryClient.With(
        """
        public static async Task<T> RetryAsync<T>(Func<Task<T>> work)
        {
            try
            {
                return await work();
            }
            catch (Exception)
            {
                return await [|RetryAsync|]<T>(work);
            }
        }
        """));

    [Fact]
    public Task WorkOnThePool_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await Task.Run(() => http.GetStringAsync("a"));
            }
            catch (Exception)
            {
                return await [|LoadAsync|]().ConfigureAwait(false);
            }
        }
        """));

    [Fact]
    public Task FilterForOneKind_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException ex)
            {
                if (ex.StatusCode == System.Net.HttpStatusCode.NotFound)
                    throw;
                return await [|LoadAsync|]();
            }
        }
        """));

    [Fact]
    public Task CounterThatNobodyTests_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(int attempt = 0)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(attempt * 100);
                return await [|LoadAsync|](attempt + 1);
            }
        }
        """));

    [Fact]
    public Task CounterThatBeginsAnew_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (++attempt > 5)
                    throw;
                return await [|LoadAsync|]();
            }
        }
        """));

    [Fact]
    public Task TokenLeftOut_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct = default)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
                return await [|LoadAsync|](CancellationToken.None);
            }
        }
        """));

    [Fact]
    public Task CancellationSwallowed_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            try
            {
                return await http.GetStringAsync("a", ct);
            }
            catch (Exception)
            {
                return await [|LoadAsync|](ct);
            }
        }
        """));

    [Fact]
    public Task OnlyTheOtherHandlerCounts_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(int attempt)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (TimeoutException) when (attempt < 3)
            {
                return await LoadAsync(attempt + 1);
            }
            catch (HttpRequestException)
            {
                return await [|LoadAsync|](attempt);
            }
        }
        """));

    [Fact]
    public Task BoundedLoopBeforeTheCall_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                }
            }

            return await [|LoadAsync|]();
        }
        """));

    [Fact]
    public Task FieldResetBeforeTheNextAttempt_IsReported() => Verify.Reported(RetryClient.With(
        """
        private HttpClient? _other;

        public async Task<string> LoadAsync()
        {
            try
            {
                return await (_other ?? http).GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                _other = new HttpClient();
                return await [|LoadAsync|]();
            }
        }
        """));

    [Fact]
    public Task FileInUse_IsReported() => Verify.Reported(RetryClient.With(
        """
        public string Read(string path)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (IOException)
            {
                Thread.Sleep(50);
                return [|Read|](path);
            }
        }
        """));

    [Fact]
    public Task CounterInTheFilter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int attempt = 0)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException) when (attempt < 5)
            {
                return await LoadAsync(attempt + 1);
            }
        }
        """));

    [Fact]
    public Task CounterInTheCatch_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int attempt = 0)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (attempt == 5)
                    throw;
                return await LoadAsync(++attempt);
            }
        }
        """));

    [Fact]
    public Task RetriesCountDown_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int retries = 5)
        {
            if (retries == 0)
                throw new TimeoutException();
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                return await LoadAsync(retries - 1);
            }
        }
        """));

    [Fact]
    public Task CounterComparedWithParameter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int maxRetries, int attempt = 0)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (attempt >= maxRetries)
                    throw;
                return await LoadAsync(maxRetries, attempt + 1);
            }
        }
        """));

    [Fact]
    public Task CounterInField_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _failures;

        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (++_failures > 5)
                    throw;
                return await LoadAsync();
            }
        }
        """));

    [Fact]
    public Task CapturedCounter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public Task<string> LoadAsync()
        {
            var attempt = 0;
            return TryAsync();

            async Task<string> TryAsync()
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (++attempt > 5)
                        throw;
                    return await TryAsync();
                }
            }
        }
        """));

    [Fact]
    public Task OnceOnly_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(bool again = true)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException) when (again)
            {
                return await LoadAsync(again: false);
            }
        }
        """));

    [Fact]
    public Task FlagInField_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private bool _refreshed;

        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (_refreshed)
                    throw;
                _refreshed = true;
                return await LoadAsync();
            }
        }
        """));

    [Fact]
    public Task OtherHost_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(string host)
        {
            try
            {
                return await http.GetStringAsync(host);
            }
            catch (HttpRequestException)
            {
                return await LoadAsync("https://standby");
            }
        }
        """));

    [Fact]
    public Task HostsByIndex_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(string[] hosts, int index = 0)
        {
            try
            {
                return await http.GetStringAsync(hosts[index]);
            }
            catch (HttpRequestException)
            {
                return await LoadAsync(hosts, index + 1);
            }
        }
        """));

    [Fact]
    public Task CounterInTheAddress_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int page = 0)
        {
            try
            {
                return await http.GetStringAsync("a?page=" + page);
            }
            catch (HttpRequestException)
            {
                return await LoadAsync(page + 1);
            }
        }
        """));

    [Fact]
    public Task ParameterIsChanged_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(string host)
        {
            try
            {
                return await http.GetStringAsync(host);
            }
            catch (HttpRequestException)
            {
                host = host.Replace("a", "b");
                return await LoadAsync(host);
            }
        }
        """));

    [Fact]
    public Task RemainingTime_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(TimeSpan left)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (left <= TimeSpan.Zero)
                    throw;
                return await LoadAsync(left - TimeSpan.FromSeconds(1));
            }
        }
        """));

    [Fact]
    public Task Deadline_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(DateTime end)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (DateTime.UtcNow > end)
                    throw;
                return await LoadAsync(end);
            }
        }
        """));

    [Fact]
    public Task Stopwatch_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(System.Diagnostics.Stopwatch watch)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                return await LoadAsync(watch);
            }
        }
        """));

    [Fact]
    public Task TokenTested_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                ct.ThrowIfCancellationRequested();
                return await LoadAsync(ct);
            }
        }
        """));

    [Fact]
    public Task TokenPassedToTheWait_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (Exception)
            {
                await Task.Delay(1000, ct);
                return await LoadAsync(ct);
            }
        }
        """));

    [Fact]
    public Task TokenPassedToTheOperation_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            try
            {
                return await http.GetStringAsync("a", ct);
            }
            catch (HttpRequestException)
            {
                return await LoadAsync(ct);
            }
        }
        """));

    [Fact]
    public Task HelperDecides_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _left = 5;

        private bool MayTryAgain() => _left-- > 0;

        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException) when (MayTryAgain())
            {
                return await LoadAsync();
            }
        }
        """));

    [Fact]
    public Task UnknownPolicyDecides_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(IRetryRules rules)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException ex)
            {
                if (!rules.ShouldRetry(ex))
                    throw;
                return await LoadAsync(rules);
            }
        }
        """));

    [Fact]
    public Task Overload_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                return await LoadAsync("b");
            }
        }

        private Task<string> LoadAsync(string address) => http.GetStringAsync(address);
        """));

    [Fact]
    public Task OtherObject_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(Client standby)
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                return await standby.LoadAsync(standby);
            }
        }
        """));

    [Fact]
    public Task Children_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(List<Order> orders, int from)
        {
            if (from == orders.Count)
                return;
            try
            {
                await gateway.SendAsync(orders[from]);
            }
            catch (HttpRequestException)
            {
                logger.LogWarning("skipped");
            }

            await SendAsync(orders, from + 1);
        }
        """));

    [Fact]
    public Task RecursionOverATree_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task WalkAsync(string directory)
        {
            foreach (var child in Directory.GetDirectories(directory))
            {
                try
                {
                    await WalkAsync(child);
                }
                catch (IOException)
                {
                    await WalkAsync(child);
                }
            }
        }
        """));

    [Fact]
    public Task SuccessGoesOnAsWell_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task PumpAsync()
        {
            try
            {
                await gateway.ChargeAsync(1);
            }
            catch (HttpRequestException)
            {
                logger.LogWarning("later");
            }

            await PumpAsync();
        }
        """));

    [Fact]
    public Task OwnStateDecides_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                if (Name.Length == 0)
                    return await LoadAsync();
                throw;
            }
        }
        """));

    [Fact]
    public Task ConcurrencyConflict_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task AwardAsync(ShopContext db, int id)
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateConcurrencyException)
            {
                await AwardAsync(db, id);
            }
        }
        """));

    [Fact]
    public Task NameThatIsTaken_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public string Create()
        {
            try
            {
                var path = Path.GetRandomFileName();
                File.WriteAllText(path, "");
                return path;
            }
            catch (IOException)
            {
                return Create();
            }
        }
        """));

    [Fact]
    public Task PersonIsAskedAgain_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public int Ask()
        {
            try
            {
                return gateway.Charge(int.Parse(Console.ReadLine()!));
            }
            catch (HttpRequestException)
            {
                return Ask();
            }
        }
        """));

    [Fact]
    public Task ReconnectOfALongLivedConnection_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task OpenAsync(System.Net.WebSockets.ClientWebSocket socket, Uri uri)
        {
            try
            {
                await socket.ConnectAsync(uri, CancellationToken.None);
            }
            catch (Exception)
            {
                await Task.Delay(1000);
                await OpenAsync(socket, uri);
            }
        }
        """));

    [Fact]
    public Task OwnFailure_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (FormatException)
            {
                return await LoadAsync();
            }
        }
        """));

    [Fact]
    public Task CallInALambda_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                _ = Task.Run(() => LoadAsync());
                throw;
            }
        }
        """));

    [Fact]
    public Task NameOnly_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                return nameof(LoadAsync);
            }
        }
        """));

    [Fact]
    public Task HostedService_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public class Worker(HttpClient inner) : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken ct) => LoadAsync();

            private async Task LoadAsync()
            {
                try
                {
                    await inner.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                    await LoadAsync();
                }
            }
        }
        """));

    /// <summary>The walk over the code of a function is limited, and its names may lead nowhere.</summary>
    [Theory]
    [InlineData("public async Task<string> LoadAsync() { try { return await http.GetStringAsync(; } catch { return await LoadAsync( } }")]
    [InlineData("public string Load() => Load();")]
    [InlineData("public string Load() { try { return Load(); } catch { return Load(); } }")]
    public Task OddCode_IsSilent(string members) => Verify.Run(RetryClient.With(members), fixedSource: null, options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, static test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);
}
