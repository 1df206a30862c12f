namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>The class that the retries under test are members of, with the services they call.</summary>
internal static class RetryClient
{
    public static string With(string members) => $$"""
        public class Client(HttpClient http, IGateway gateway, ILogger<Client> logger)
        {
            public string Name => http.ToString() + gateway + logger;

        {{members}}
        }

        public interface IGateway
        {
            int Charge(int id);
            Task<int> ChargeAsync(int id);
            Task SendAsync(Order order);
            Task<bool> TrySendAsync(Order order);
            Task<PostResult> PostAsync(Order order);
            Task<Job> GetJobAsync();
            Task<Job?> FindJobAsync();
            Task<bool> IsReadyAsync();
        }

        public interface IQueue
        {
            Task<Order> ReceiveAsync();
            Task AcquireAsync();
        }

        public interface IRetryRules
        {
            bool ShouldRetry(Exception ex);
        }

        public record Job(bool Done, bool Succeeded, string Text);

        public record PostResult(bool Succeeded);
        """;
}
