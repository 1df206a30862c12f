using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5001UnboundedRetryAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Bounded retries, and loops that are no retries.</summary>
public class BP5001UnboundedRetrySilentTests
{
    [Fact]
    public Task CounterInCondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (attempt < 5)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    attempt++;
                }
            }

            throw new InvalidOperationException();
        }
        """));

    [Fact]
    public Task CounterInDoCondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var tries = 3;
            var sent = false;
            do
            {
                try
                {
                    await gateway.SendAsync(order);
                    sent = true;
                }
                catch (HttpRequestException)
                {
                }
            }
            while (!sent && --tries > 0);
        }
        """));

    [Fact]
    public Task CounterInCatch_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (++attempt >= 5)
                        throw;
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task CounterInFilter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException) when (attempt < 5)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task CounterThatIncrementsInFilter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (ex.StatusCode is null && attempt++ < 5)
                {
                }
            }
        }
        """));

    [Fact]
    public Task CounterAfterTheTry_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string?> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    logger.LogWarning("again");
                }

                attempt++;
                if (attempt == 5)
                    return null;
            }
        }
        """));

    [Fact]
    public Task CounterAtTheTop_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(int maxAttempts)
        {
            var attempt = 0;
            while (true)
            {
                if (attempt++ > maxAttempts)
                    throw new TimeoutException();
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task CounterSwitch_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    switch (++attempt)
                    {
                        case 5:
                            throw;
                    }
                }
            }
        }
        """));

    [Fact]
    public Task CounterInField_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _failures;

        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    _failures++;
                    if (_failures > 10)
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task CounterSetsAFlag_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var attempt = 0;
            bool retry;
            do
            {
                retry = false;
                try
                {
                    await gateway.SendAsync(order);
                }
                catch (HttpRequestException)
                {
                    retry = ++attempt < 5;
                }
            }
            while (retry);
        }
        """));

    [Fact]
    public Task CounterGivesUpByFlag_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var attempt = 0;
            var done = false;
            while (!done)
            {
                try
                {
                    await gateway.SendAsync(order);
                    done = true;
                }
                catch (HttpRequestException)
                {
                    if (++attempt > 5)
                        done = true;
                }
            }
        }
        """));

    [Fact]
    public Task CounterWithNestedCondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(bool force)
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (attempt++ > 5)
                    {
                        if (!force)
                            throw;
                    }
                }
            }
        }
        """));

    [Fact]
    public Task CounterInHelperOfSameClass_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _failures;

        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (!MayTryAgain())
                        throw;
                }
            }
        }

        private bool MayTryAgain() => ++_failures < 5;
        """));

    [Fact]
    public Task HelperThrowsInTheEnd_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    Check(++attempt, ex);
                    await Task.Delay(100);
                }
            }
        }

        private static void Check(int attempt, Exception last)
        {
            if (attempt > 5)
                throw new InvalidOperationException("gave up", last);
        }
        """));

    [Fact]
    public Task HelperInFilterCounts_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (ShouldRetry(ex, ++attempt))
                {
                }
            }
        }

        private static bool ShouldRetry(Exception ex, int attempt) => ex is HttpRequestException && attempt < 3;
        """));

    [Fact]
    public Task UnknownPolicyDecides_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(IRetryRules rules)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    if (!rules.ShouldRetry(ex))
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task UnknownDelegateDecides_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(Func<Exception, bool> again)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (again(ex))
                {
                }
            }
        }
        """));

    [Fact]
    public Task MaxAttemptsParameter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<T> RetryAsync<T>(Func<Task<T>> operation, int maxAttempts)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await operation();
                }
                catch (Exception ex)
                {
                    logger.LogWarning(ex, "attempt {Attempt}", attempt);
                    if (attempt == maxAttempts)
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task Deadline_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var deadline = DateTime.UtcNow.AddSeconds(30);
            while (DateTime.UtcNow < deadline)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }

            throw new TimeoutException();
        }
        """));

    [Fact]
    public Task DeadlineInCatch_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(DateTimeOffset until)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (DateTimeOffset.UtcNow > until)
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task StopwatchCompared_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromMinutes(1))
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task TimeProviderCompared_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(TimeProvider time)
        {
            var start = time.GetTimestamp();
            while (true)
            {
                var response = await http.GetAsync("a");
                if (response.IsSuccessStatusCode)
                    return "";
                if (time.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                    throw new TimeoutException();
            }
        }
        """));

    [Fact]
    public Task CancellationInCondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order, CancellationToken ct)
        {
            while (!ct.IsCancellationRequested)
            {
                try
                {
                    await gateway.SendAsync(order);
                    return;
                }
                catch (Exception)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task CancellationThrows_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order, CancellationToken ct)
        {
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                try
                {
                    await gateway.SendAsync(order);
                    return;
                }
                catch (Exception)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task TokenPassedToTheDelay_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (Exception)
                {
                    await Task.Delay(1000, ct);
                }
            }
        }
        """));

    [Fact]
    public Task TokenPassedToTheOperationAndCancellationLeaves_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a", ct);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task TokenPassedAndCancellationExcluded_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a", ct);
                }
                catch (Exception ex) when (ex is not OperationCanceledException)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task TokenPassedToABackoffHelper_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (Exception)
                {
                    await BackoffAsync(ct);
                }
            }
        }

        private static Task BackoffAsync(CancellationToken ct) => Task.Delay(1000, ct);
        """));

    [Fact]
    public Task StopFlagInField_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private volatile bool _stopped;

        public async Task SendAsync(Order order)
        {
            while (!_stopped)
            {
                try
                {
                    await gateway.SendAsync(order);
                    return;
                }
                catch (Exception)
                {
                    await Task.Delay(100);
                }
            }
        }

        public void Stop() => _stopped = true;
        """));

    [Fact]
    public Task SequenceOfDelays_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            foreach (var delay in new[] { 1, 2, 4 })
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(delay);
                }
            }

            throw new TimeoutException();
        }
        """));

    [Fact]
    public Task EnumeratorOfDelays_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(IEnumerable<TimeSpan> delays)
        {
            using var delay = delays.GetEnumerator();
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (!delay.MoveNext())
                        throw;
                    await Task.Delay(delay.Current);
                }
            }
        }
        """));

    [Fact]
    public Task ArrayOfDelaysRunsOut_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private static readonly int[] Delays = { 100, 200, 400 };

        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(Delays[attempt++]);
                }
            }
        }
        """));

    [Fact]
    public Task ListOfHostsRunsOut_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(Queue<string> hosts)
        {
            while (hosts.TryDequeue(out var host))
            {
                try
                {
                    return await http.GetStringAsync(host);
                }
                catch (HttpRequestException)
                {
                }
            }

            throw new TimeoutException();
        }
        """));

    [Fact]
    public Task PollerGoesOnAfterSuccess_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> WaitAsync()
        {
            while (true)
            {
                try
                {
                    var job = await gateway.GetJobAsync();
                    if (job.Done)
                        return job.Text;
                }
                catch (HttpRequestException)
                {
                    logger.LogWarning("again");
                }

                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task PollerOfACondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task WaitAsync()
        {
            while (!await gateway.IsReadyAsync())
                await Task.Delay(1000);
        }
        """));

    [Fact]
    public Task PollerOfAJobThatSucceeds_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task WaitAsync()
        {
            while (true)
            {
                var job = await gateway.GetJobAsync();
                if (job.Succeeded)
                    return;
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task PollerOfAcceptedStatus_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<HttpResponseMessage> WaitAsync()
        {
            while (true)
            {
                var response = await http.GetAsync("a");
                if (response.StatusCode != System.Net.HttpStatusCode.Accepted)
                    return response;
                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task PollerUntilThereIsSomething_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<Job> WaitAsync()
        {
            while (true)
            {
                try
                {
                    var job = await gateway.FindJobAsync();
                    if (job != null)
                        return job;
                }
                catch (HttpRequestException)
                {
                }

                await Task.Delay(1000);
            }
        }
        """));

    [Fact]
    public Task Consumer_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task RunAsync(System.Threading.Channels.ChannelReader<Order> orders)
        {
            while (await orders.WaitToReadAsync())
            {
                try
                {
                    var order = await orders.ReadAsync();
                    await gateway.SendAsync(order);
                }
                catch (Exception ex)
                {
                    logger.LogError(ex, "failed");
                }
            }
        }
        """));

    [Fact]
    public Task ReceiveLoop_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<Order> NextAsync(IQueue queue)
        {
            while (true)
            {
                try
                {
                    return await queue.ReceiveAsync();
                }
                catch (TimeoutException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task SocketReadLoop_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public int Read(Stream stream, byte[] buffer)
        {
            while (true)
            {
                try
                {
                    return stream.Read(buffer, 0, buffer.Length);
                }
                catch (IOException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task Paging_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<List<string>> AllAsync()
        {
            var pages = new List<string>();
            var page = 0;
            while (true)
            {
                var response = await http.GetAsync("a?page=" + page++);
                if (!response.IsSuccessStatusCode)
                    break;
                pages.Add(await response.Content.ReadAsStringAsync());
            }

            return pages;
        }
        """));

    [Fact]
    public Task WorkerInBackgroundService_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public sealed class Sender(IGateway inner) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        await inner.SendAsync(new Order());
                        return;
                    }
                    catch (Exception)
                    {
                        await Task.Delay(1000);
                    }
                }
            }
        }
        """));

    [Fact]
    public Task HelperOfHostedService_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public sealed class Sender(IGateway inner) : IHostedService
        {
            public Task StartAsync(CancellationToken ct) => new Link(inner).OpenAsync();

            public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

            private sealed class Link(IGateway inner)
            {
                public async Task OpenAsync()
                {
                    while (true)
                    {
                        try
                        {
                            await inner.SendAsync(new Order());
                            return;
                        }
                        catch (Exception)
                        {
                            await Task.Delay(1000);
                        }
                    }
                }
            }
        }
        """));

    [Fact]
    public Task ReconnectOfALongLivedConnection_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task OpenAsync(System.Net.WebSockets.ClientWebSocket socket, Uri uri)
        {
            while (true)
            {
                try
                {
                    await socket.ConnectAsync(uri, CancellationToken.None);
                    return;
                }
                catch (System.Net.WebSockets.WebSocketException)
                {
                    await Task.Delay(5000);
                }
            }
        }
        """));

    [Fact]
    public Task ConcurrencyConflictIsReloaded_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task AddPointsAsync(ShopContext db, int id)
        {
            while (true)
            {
                var customer = await db.Customers.FirstAsync(c => c.Id == id);
                customer.Points++;
                try
                {
                    await db.SaveChangesAsync();
                    return;
                }
                catch (DbUpdateConcurrencyException ex)
                {
                    await ex.Entries.Single().ReloadAsync();
                }
            }
        }
        """));

    [Fact]
    public Task CollisionOfAUniqueNumber_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task AddAsync(ShopContext db, Order order)
        {
            while (true)
            {
                order.Number = Guid.NewGuid().ToString("N");
                try
                {
                    await db.SaveChangesAsync();
                    return;
                }
                catch (DbUpdateException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task RowReadAgainBeforeItIsAdded_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task TouchAsync(ShopContext db, int id)
        {
            retry:
            var order = await db.Orders.FindAsync(id);
            if (order is null)
            {
                order = new Order { Id = id };
                db.Orders.Add(order);
            }

            order.Total += 1;
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                goto retry;
            }
        }
        """));

    [Fact]
    public Task CollisionRecognisedByFilter_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task AddAsync(ShopContext db)
        {
            while (true)
            {
                try
                {
                    await db.SaveChangesAsync();
                    return;
                }
                catch (DbUpdateException ex) when (IsUniqueViolation(ex))
                {
                }
            }
        }

        private static bool IsUniqueViolation(DbUpdateException ex) => ex.InnerException?.Message.Contains("UNIQUE") == true;
        """));

    [Fact]
    public Task CollisionOfAFileName_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public FileStream Create(string folder)
        {
            for (var number = 1; ; number++)
            {
                try
                {
                    return new FileStream(Path.Combine(folder, $"report-{number}.txt"), FileMode.CreateNew);
                }
                catch (IOException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task UniqueSlugIsProbed_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> SlugAsync(ShopContext db, string name)
        {
            var slug = name;
            var number = 1;
            while (await db.Products.AnyAsync(p => p.Sku == slug))
                slug = name + number++;
            return slug;
        }
        """));

    [Fact]
    public Task PersonIsAskedAgain_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> AskAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync(Console.ReadLine());
                }
                catch (HttpRequestException)
                {
                    Console.WriteLine("Try another address");
                }
            }
        }
        """));

    [Fact]
    public Task NumberIsParsedAgain_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public int Parse(IEnumerator<string> lines)
        {
            while (true)
            {
                try
                {
                    lines.MoveNext();
                    return int.Parse(lines.Current);
                }
                catch (FormatException)
                {
                }
            }
        }
        """));

    [Fact]
    public Task CompareExchange_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _count;

        public void Increment()
        {
            while (true)
            {
                var seen = _count;
                if (Interlocked.CompareExchange(ref _count, seen + 1, seen) == seen)
                    return;
            }
        }
        """));

    [Fact]
    public Task ConcurrentDictionary_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _counts = new();

        public void Increment(int key)
        {
            while (true)
            {
                if (_counts.TryGetValue(key, out var seen))
                {
                    if (_counts.TryUpdate(key, seen + 1, seen))
                        return;
                }
                else if (_counts.TryAdd(key, 1))
                {
                    return;
                }
            }
        }
        """));

    [Fact]
    public Task ConcurrentQueueWithWait_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public Order Take(System.Collections.Concurrent.ConcurrentQueue<Order> orders)
        {
            Order? order;
            while (!orders.TryDequeue(out order))
                Thread.Sleep(1);
            return order;
        }
        """));

    [Fact]
    public Task SpinWaitForAFlag_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private volatile bool _ready;

        public void Wait()
        {
            var spin = new SpinWait();
            while (!_ready)
                spin.SpinOnce();
            _ready = false;
        }
        """));

    [Fact]
    public Task InMemoryTryHelper_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private int _slots;

        public void Enter()
        {
            while (!TryTakeSlot())
                Thread.Sleep(1);
        }

        private bool TryTakeSlot() => Interlocked.Increment(ref _slots) < 10;
        """));

    [Fact]
    public Task CatchLeavesTheLoop_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string?> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    logger.LogError(ex, "failed");
                    return null;
                }
            }
        }
        """));

    [Fact]
    public Task CatchRethrows_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    throw;
                }
            }
        }
        """));

    [Fact]
    public Task SemaphoreIsTakenAgain_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task EnterAsync(SemaphoreSlim gate)
        {
            while (!await gate.WaitAsync(100))
                logger.LogDebug("waiting");
        }
        """));

    [Fact]
    public Task FailedAttemptIsTheLast_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var refreshed = false;
            while (true)
            {
                var response = await http.GetAsync("a");
                if (response.IsSuccessStatusCode)
                    return "";
                if (refreshed)
                    throw new HttpRequestException();
                refreshed = true;
            }
        }
        """));

    [Fact]
    public Task BackoffHelperThrows_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private sealed class Pause(int most)
        {
            private int _count;

            public Task Delay() => ++_count > most ? throw new TimeoutException() : Task.Delay(_count * 100);
        }

        public async Task<string> LoadAsync()
        {
            var pause = new Pause(5);
        again:
            try
            {
                return await http.GetStringAsync("a");
            }
            catch (HttpRequestException)
            {
                await pause.Delay();
                goto again;
            }
        }
        """));

    [Fact]
    public Task RemainingAttemptsInCondition_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string?> LoadAsync(int remaining)
        {
            while (remaining-- > 0)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }

            return null;
        }
        """));

    [Fact]
    public Task ConflictOfAnETag_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task PutAsync(HttpContent content)
        {
            while (true)
            {
                var response = await http.PutAsync("a", content);
                if (response.IsSuccessStatusCode)
                    return;
                if (response.StatusCode != System.Net.HttpStatusCode.PreconditionFailed)
                    response.EnsureSuccessStatusCode();
                await http.GetAsync("a");
            }
        }
        """));

    [Fact]
    public Task WaitUntilItAppears_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (ex.StatusCode == System.Net.HttpStatusCode.NotFound)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """));

    [Fact]
    public Task LockIsAwaited_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task EnterAsync(IQueue locks)
        {
            while (true)
            {
                try
                {
                    await locks.AcquireAsync();
                    return;
                }
                catch (TimeoutException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task CodeIsDrawnUntilItIsFree_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<int> CodeAsync(ShopContext db)
        {
            int code;
            do
            {
                code = Random.Shared.Next();
            }
            while (await db.Products.AnyAsync(p => p.Id == code));
            return code;
        }
        """));

    [Fact]
    public Task FileIsAwaited_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public void WaitFor(string path)
        {
            while (!File.Exists(path))
                Thread.Sleep(100);
        }
        """));

    [Fact]
    public Task RequestIsAborted_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(HttpContext context)
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }

            return "";
        }
        """));

    [Fact]
    public Task QuestionThatSaysFalse_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task WaitAsync()
        {
            while (!await IsUpAsync())
                await Task.Delay(100);
        }

        private async Task<bool> IsUpAsync()
        {
            try
            {
                await http.GetStringAsync("health");
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
        """));

    [Fact]
    public Task FilterThatOnlyLogs_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex) when (Log(ex))
                {
                    await Task.Delay(10);
                }
            }
        }

        private bool Log(Exception ex)
        {
            logger.LogWarning(ex, "failed");
            return false;
        }
        """));

    [Fact]
    public Task BudgetOfAnotherClass_IsSilent() => Verify.Silent(RetryClient.With(
        """
        private readonly Budget _budget = new();

        public async Task<string> LoadAsync()
        {
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (!_budget.Spend())
                        throw;
                }
            }
        }

        public sealed class Budget
        {
            private int _left = 5;

            public bool Spend() => _left-- > 0;

            public void Reset() => _left = 5;
        }
        """));

    [Fact]
    public Task CounterGuardsACallThatThrows_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException ex)
                {
                    if (++attempt > 5)
                        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(ex).Throw();
                }
            }
        }
        """));

    [Fact]
    public Task CounterGuardsAHelperThatThrows_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (++attempt > 5)
                        Fail();
                }
            }
        }

        private static void Fail() => throw new TimeoutException();
        """));

    [Fact]
    public Task FirstFailureOfAnIterationLeaves_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<bool> SendAsync(Order order)
        {
            while (true)
            {
                var failures = 0;
                try
                {
                    await gateway.SendAsync(order);
                }
                catch (HttpRequestException)
                {
                    failures++;
                }

                if (failures > 0)
                    return false;
                if (failures == 0)
                    return true;
            }
        }
        """));

    [Fact]
    public Task LinkedToken_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync(CancellationToken ct)
        {
            while (true)
            {
                using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
                try
                {
                    return await http.GetStringAsync("a", limited.Token);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        """));

    [Fact]
    public Task OneHostAfterTheOtherCounted_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var rounds = 0;
            while (true)
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
                    if (++rounds == 3)
                        throw;
                }
            }
        }
        """));

    [Fact]
    public Task CounterOfAnInnerLoop_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            while (true)
            {
                var attempt = 0;
                while (attempt < 10)
                {
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                        attempt++;
                    }
                }

                throw new TimeoutException();
            }
        }
        """));

    [Fact]
    public Task ConditionThatTheFailureCounts_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var retries = 0;
            while (retries < 5)
            {
                try
                {
                    await gateway.SendAsync(order);
                    return;
                }
                catch (HttpRequestException)
                {
                    retries++;
                }
            }
        }
        """));

    [Fact]
    public Task LocalFunctionCounts_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task<string> LoadAsync()
        {
            var attempt = 0;
            while (true)
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (HttpRequestException)
                {
                    if (!MayTryAgain())
                        throw;
                }
            }

            bool MayTryAgain() => ++attempt < 5;
        }
        """));

    [Fact]
    public Task StopFlagSetByAHandler_IsSilent() => Verify.Silent(RetryClient.With(
        """
        public async Task SendAsync(Order order)
        {
            var stop = false;
            Console.CancelKeyPress += (_, _) => stop = true;
            while (!stop)
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
}
