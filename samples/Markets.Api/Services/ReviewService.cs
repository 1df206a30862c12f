using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

/// <summary>What the desk that reviews markets looks at.</summary>
public sealed class ReviewService(MarketsDbContext db) : IReviewService
{
    public async Task<IReadOnlyList<ReviewLine>> ListAsync(CancellationToken cancellationToken)
    {
        var markets = await db.Markets.AsNoTrackingWithIdentityResolution()
            .Include(x => x.Outcomes)
            .Include(x => x.Creator!.Markets)
            .OrderBy(x => x.Id)
            .ToListAsync(cancellationToken);

        return markets.Select(x => new ReviewLine
        {
            Title = x.Title,
            Outcomes = x.Outcomes.OrderBy(outcome => outcome.SortOrder).Select(outcome => outcome.Label).ToList(),
            OfSameCreator = x.Creator!.Markets.Where(other => other.Id != x.Id).Select(other => other.Title).Order().ToList(),
        }).ToList();
    }
}
