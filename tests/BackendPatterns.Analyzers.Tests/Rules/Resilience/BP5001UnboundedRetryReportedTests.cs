using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5001UnboundedRetryAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>The shapes of a retry that nothing ends.</summary>
public class BP5001UnboundedRetryReportedTests
{
    [Fact]
    public Task CatchAllWithDelay_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<int> ChargeAsync(int id)
        {
            [|while|] (true)
            {
                try
                {
                    return await gateway.ChargeAsync(id);
                }
                catch (Exception ex)
                {
                    logger.LogWarning(ex, "again");
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task SuccessBreaksOut_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            string text;
            [|while|] (true)
            {
                try
                {
                    text = await http.GetStringAsync("a");
                    break;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }
            }

            return text;
        }
        """));

    [Fact]
    public Task EndlessFor_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|for|] (;;)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task ForThatCountsWithoutLimit_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|for|] (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    logger.LogWarning(ex, "attempt {Attempt}", attempt);
                    await Task.Delay(attempt * 100);
                }
            }
        }
        """));

    [Fact]
    public Task DoWhileTrue_IsReported() => Verify.Reported(RetryClient.With(
        """
        public void Save(ShopContext db)
        {
            [|do|]
            {
                try
                {
                    db.SaveChanges();
                    return;
                }
                catch (TimeoutException)
                {
                    Thread.Sleep(500);
                }
            }
            while (true);
        }
        """));

    [Fact]
    public Task GotoBackToLabel_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
        again:
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }

            [|goto|] again;
        }
        """));

    [Fact]
    public Task GotoOutOfCatch_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
        again:
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                [|goto|] again;
            }
            catch (TimeoutException)
            {
                goto again;
            }
        }
        """));

    [Fact]
    public Task FlagSetOnSuccess_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var sent = false;
            [|while|] (!sent)
            {
                try
                {
                    await gateway.SendAsync(order);
                    sent = true;
                }
                catch (Exception ex)
                {
                    logger.LogError(ex, "failed");
                }
            }
        }
        """));

    [Fact]
    public Task RetryFlagSetInCatch_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            bool retry;
            [|do|]
            {
                retry = false;
                try
                {
                    await gateway.SendAsync(order);
                }
                catch (HttpRequestException)
                {
                    retry = true;
                }
            }
            while (retry);
        }
        """));

    [Fact]
    public Task ResultStaysNull_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<HttpResponseMessage> LoadAsync()
        {
            HttpResponseMessage? response = null;
            [|while|] (response == null)
            {
                try
                {
                    response = await http.GetAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }

            return response;
        }
        """));

    [Fact]
    public Task LastErrorIsTested_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            Exception? last;
            [|do|]
            {
                try
                {
                    await gateway.SendAsync(order);
                    last = null;
                }
                catch (Exception ex)
                {
                    last = ex;
                }
            }
            while (last != null);
        }
        """));

    [Fact]
    public Task StatusTestedWithoutTry_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                var response = await http.GetAsync("a");
                if (response.IsSuccessStatusCode)
                    return await response.Content.ReadAsStringAsync();
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task StatusInLoopCondition_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<HttpResponseMessage> LoadAsync()
        {
            HttpResponseMessage response;
            [|do|]
            {
                response = await http.GetAsync("a");
            }
            while (!response.IsSuccessStatusCode);
            return response;
        }
        """));

    [Fact]
    public Task StatusCodeCompared_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<HttpResponseMessage> LoadAsync()
        {
            [|while|] (true)
            {
                var response = await http.GetAsync("a");
                if (response.StatusCode != System.Net.HttpStatusCode.ServiceUnavailable)
                    return response;
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task StatusKeptInFlag_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(HttpContent content)
        {
            var ok = false;
            [|while|] (!ok)
            {
                var response = await http.PostAsync("a", content);
                ok = response.IsSuccessStatusCode;
            }
        }
        """));

    [Fact]
    public Task AwaitedTryMethod_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            [|while|] (!await gateway.TrySendAsync(order))
                await Task.Delay(1000);
        }
        """));

    [Fact]
    public Task TryHelperOfSameClass_IsReported() => Verify.Reported(RetryClient.With(
        """
        public void Send(Order order)
        {
            [|while|] (!TrySend(order))
                Thread.Sleep(100);
        }

        private bool TrySend(Order order)
        {
            try
            {
                http.PostAsync("a", null).GetAwaiter().GetResult();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
        """));

    [Fact]
    public Task RethrowForOneKindOnly_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    if (ex.StatusCode == System.Net.HttpStatusCode.NotFound)
                        throw;
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task FilterForOneKindOnly_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (IsTransient(ex))
                {
                    await Task.Delay(1000);
                }
            }
        }

        private static bool IsTransient(HttpRequestException ex) => ex.StatusCode is null or >= System.Net.HttpStatusCode.InternalServerError;
        """));

    [Fact]
    public Task OneHandlerCountsTheOtherDoesNot_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (TimeoutException)
                {
                    if (++attempt > 3)
                        throw;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task DelegateInRetryHelper_IsReported() => Verify.Reported(RetryClient.With(
        """
        public T Retry<T>(Func<T> operation)
        {
            [|while|] (true)
            {
                try
                {
                    return operation();
                }
                catch
                {
                    Thread.Sleep(100);
                }
            }
        }
        """));

    [Fact]
    public Task AwaitedDelegate_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<T> RetryAsync<T>(Func<Task<T>> operation)
        {
            var delay = TimeSpan.FromMilliseconds(100);
            [|while|] (true)
            {
                try
                {
                    return await operation().ConfigureAwait(false);
                }
                catch (Exception)
                {
                    await Task.Delay(delay).ConfigureAwait(false);
                    delay = delay > TimeSpan.FromMinutes(1) ? delay : delay * 2;
                }
            }
        }
        """));

    [Fact]
    public Task FileInUse_IsReported() => Verify.Reported(RetryClient.With(
        """
        public FileStream Open(string path)
        {
            [|while|] (true)
            {
                try
                {
                    return File.Open(path, FileMode.Open);
                }
                catch (IOException)
                {
                    Thread.Sleep(50);
                }
            }
        }
        """));

    [Fact]
    public Task DatabaseNotReady_IsReported() => Verify.Reported(RetryClient.With(
        """
        public void WaitForDatabase(System.Data.Common.DbConnection connection)
        {
            [|while|] (true)
            {
                try
                {
                    connection.Open();
                    break;
                }
                catch (System.Data.Common.DbException)
                {
                    Thread.Sleep(2000);
                }
            }
        }
        """));

    [Fact]
    public Task CountedButNeverCompared_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempts = 0;
            [|while|] (true)
            {
                attempts++;
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (logger.IsEnabled(LogLevel.Debug))
                        logger.LogDebug("attempt {Attempt}", attempts);
                    await Task.Delay(Math.Min(attempts, 10) * 100);
                }
            }
        }
        """));

    [Fact]
    public Task BoundedLoopInsideEndlessOne_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                await Task.Delay(60_000);
            }
        }
        """));

    [Fact]
    public Task EndlessLoopPerItem_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAllAsync(List<Order> orders)
        {
            foreach (var order in orders)
            {
                [|while|] (true)
                {
                    try
                    {
                        await gateway.SendAsync(order);
                        break;
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(100);
                    }
                }
            }
        }
        """));

    [Fact]
    public Task CatchAllSwallowsTheCancellationOfTheOperation_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a", ct);
                }
                catch (Exception)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task TokenNoneIsNoToken_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a", CancellationToken.None);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000, default);
                }
            }
        }
        """));

    [Fact]
    public Task TimeoutPerAttemptIsNoBound_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                try
                {
                    return await http.GetStringAsync("a", timeout.Token);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task BatchThatIsTriedAgainAsAWhole_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAllAsync(List<Order> orders)
        {
            [|while|] (true)
            {
                try
                {
                    foreach (var order in orders)
                        await gateway.SendAsync(order);
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task LambdaAndLocalFunction_IsReported() => Verify.Reported(RetryClient.With(
        """
        public Func<Task<string>> Loader()
        {
            async Task<string> LoadAsync()
            {
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }
            }

            return async () =>
            {
                await LoadAsync();
                [|while|] (true)
                {
                    try
                    {
                        return await http.GetStringAsync("b");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }
            };
        }
        """));

    [Fact]
    public Task SynchronousGatewayWithWait_IsReported() => Verify.Reported(RetryClient.With(
        """
        public int Charge(int id)
        {
            [|while|] (true)
            {
                try
                {
                    return gateway.Charge(id);
                }
                catch (Exception)
                {
                    Thread.Sleep(1000);
                }
            }
        }
        """));

    [Fact]
    public Task DbUpdateFailureOfTheSameChange_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SaveAsync(ShopContext db)
        {
            [|while|] (true)
            {
                try
                {
                    await db.SaveChangesAsync();
                    return;
                }
                catch (DbUpdateException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task ContinueInCatch_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                string text;
                try
                {
                    text = await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    continue;
                }

                return text;
            }
        }
        """));

    [Fact]
    public Task NestedTryWithFinally_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync(SemaphoreSlim gate)
        {
            [|while|] (true)
            {
                await gate.WaitAsync();
                try
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(10);
                }
            }
        }
        """));

    [Fact]
    public Task ResultObjectSaysFailure_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            [|while|] (true)
            {
                var result = await gateway.PostAsync(order);
                if (result.Succeeded)
                    break;
                logger.LogWarning("failed");
                await Task.Delay(500);
            }
        }
        """));

    [Fact]
    public Task CounterThatBeginsAnew_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                var attempt = 0;
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (++attempt > 3)
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task ConditionThatNothingChanges_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var retries = 0;
            [|while|] (retries < 5)
            {
                try
                {
                    await gateway.SendAsync(order);
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task OneHostAfterTheOther_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("https://first");
                }
                catch (HttpRequestException)
                {
                    logger.LogWarning("first");
                }

                try
                {
                    return await http.GetStringAsync("https://second");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task StatusInASwitch_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                var response = await http.GetAsync("a");
                switch (response.StatusCode)
                {
                    case System.Net.HttpStatusCode.OK:
                        return await response.Content.ReadAsStringAsync();
                    default:
                        await Task.Delay(1000);
                        break;
                }
            }
        }
        """));

    [Fact]
    public Task StatusAsANumber_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                var response = await http.GetAsync("a");
                if ((int)response.StatusCode < 500)
                    return await response.Content.ReadAsStringAsync();
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task StatusInPatterns_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            [|while|] (true)
            {
                var response = await http.GetAsync("a");
                if (response.StatusCode is not (System.Net.HttpStatusCode.ServiceUnavailable or System.Net.HttpStatusCode.TooManyRequests))
                    return await response.Content.ReadAsStringAsync();
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task HelperThatSaysFalse_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAllAsync(Order order)
        {
            [|while|] (!await SendOnceAsync(order))
                await Task.Delay(100);
        }

        private async Task<bool> SendOnceAsync(Order order)
        {
            try
            {
                await gateway.SendAsync(order);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
        """));

    [Fact]
    public Task LocalFunctionThatSaysFalse_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task SendAllAsync(Order order)
        {
            bool sent;
            [|do|]
            {
                sent = await OnceAsync();
            }
            while (!sent);

            async Task<bool> OnceAsync()
            {
                try
                {
                    await gateway.SendAsync(order);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }
        }
        """));

    [Fact]
    public Task PauseResetsTheCounter_IsReported() => Verify.Reported(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            [|while|] (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (++attempt > 5)
                    {
                        attempt = 0;
                        await Task.Delay(60_000);
                    }
                }
            }
        }
        """));
}
