using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Bounded retries that wait well, that need not wait, and that let a cancellation out.</summary>
public class Backoffs(HttpClient http, ShopContext db)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(2)];

    private static readonly string[] Mirrors = ["https://a.example/", "https://b.example/", "https://c.example/"];

    private string? _accessToken;

    public async Task<string> PausesFromAnArray(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync("rates", cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Pauses.Length)
            {
                await Task.Delay(Pauses[attempt], cancellationToken);
            }
        }
    }

    public async Task<HttpResponseMessage> PauseOfTheServer(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await http.GetAsync("rates", cancellationToken);
            if (response.IsSuccessStatusCode || attempt == 5)
                return response;
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    public async Task<string> OneMoreAttemptAtOnce(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync("rates", cancellationToken);
            }
            catch (HttpRequestException) when (attempt == 0)
            {
            }
        }
    }

    public async Task<string> AnotherMirror(CancellationToken cancellationToken)
    {
        for (var mirror = 0; ; mirror++)
        {
            try
            {
                return await http.GetStringAsync(Mirrors[mirror] + "rates", cancellationToken);
            }
            catch (HttpRequestException) when (mirror < Mirrors.Length - 1)
            {
            }
        }
    }

    public async Task<string?> AnotherToken(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "rates");
            request.Headers.Authorization = new("Bearer", _accessToken);
            var response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized)
                _accessToken = await http.GetStringAsync("token", cancellationToken);
        }

        return null;
    }

    public async Task<bool> ChangedRow(int id, int points, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id, cancellationToken);
            customer.Award(points);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
            }
        }

        return false;
    }

    public static async Task WaitForDatabase(DbConnection connection, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (DbException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }

        throw new TimeoutException("The database did not come up.");
    }

    public async Task<string> CancellationGetsOut(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync("rates", cancellationToken);
            }
            catch (Exception) when (attempt < 4 && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), CancellationToken.None);
            }
        }
    }

    public async Task<string> TimeoutOfAnAttempt(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            try
            {
                return await http.GetStringAsync("rates", limit.Token);
            }
            catch (Exception) when (attempt < 4)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellationToken);
            }
        }
    }
}
