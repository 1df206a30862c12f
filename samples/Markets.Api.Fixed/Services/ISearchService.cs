using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface ISearchService
{
    Task<IReadOnlyList<SearchHit>> FindCreatorsAsync(string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<SearchHit>> FindCategoriesAsync(string name, CancellationToken cancellationToken);
}
