namespace ValidCode;

/// <summary>Functions that call themselves after a failure, and end.</summary>
public class Recursions(HttpClient http)
{
    private const int MostAttempts = 4;

    private int _refusals;

    public async Task<string> CountedInTheFilter(string address, int attempt = 1)
    {
        try
        {
            return await http.GetStringAsync(address);
        }
        catch (HttpRequestException) when (attempt < MostAttempts)
        {
            await Task.Delay(TimeSpan.FromMilliseconds((100 << attempt) * Random.Shared.NextDouble()));
            return await CountedInTheFilter(address, attempt + 1);
        }
    }

    public async Task<string> OtherHostOnce(string host, string? standby)
    {
        try
        {
            return await http.GetStringAsync(host);
        }
        catch (HttpRequestException) when (standby is not null)
        {
            return await OtherHostOnce(standby, null);
        }
    }

    public async Task<string> CountedInAField(string address)
    {
        try
        {
            var text = await http.GetStringAsync(address);
            _refusals = 0;
            return text;
        }
        catch (HttpRequestException)
        {
            if (++_refusals > MostAttempts)
                throw;
            return await CountedInAField(address);
        }
    }

    public async Task<string> UntilCancelled(string address, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetStringAsync(address, cancellationToken);
        }
        catch (HttpRequestException)
        {
            await Task.Delay(1000, cancellationToken);
            return await UntilCancelled(address, cancellationToken);
        }
    }

    public async Task<int> SizeOf(string directory)
    {
        var size = 0;
        foreach (var child in Directory.GetDirectories(directory))
        {
            try
            {
                size += await SizeOf(child);
            }
            catch (UnauthorizedAccessException)
            {
                size++;
            }
        }

        return size;
    }
}
