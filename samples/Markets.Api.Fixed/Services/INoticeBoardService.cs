namespace Markets.Api.Services;

public interface INoticeBoardService
{
    Task<int> ReplaceAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
