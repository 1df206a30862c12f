using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class CreatorTrustService(MarketsDbContext db, ICreatorVerificationStore? verifications = null) : ICreatorTrustService
{
    public async Task<IReadOnlyList<CreatorTrust>> ListAsync(CancellationToken cancellationToken)
    {
        var creators = await db.Creators.OrderBy(x => x.Id).Select(x => new { x.Id, x.Name }).ToListAsync(cancellationToken);
        if (verifications is null)
            return creators.ConvertAll(x => new CreatorTrust { CreatorId = x.Id, Name = x.Name, Level = null });

        var trust = new List<CreatorTrust>();
        var creatorIds = creators.Select(creator => creator.Id).Distinct().ToList();
        var verificationsByCreatorId = (await verifications.FindByCreatorIdsAsync(creatorIds, cancellationToken)).ToDictionary(row => row.CreatorId);
        foreach (var creator in creators)
        {
            var verification = verificationsByCreatorId.GetValueOrDefault(creator.Id);
            trust.Add(new CreatorTrust { CreatorId = creator.Id, Name = creator.Name, Level = verification?.Level });
        }

        return trust;
    }
}
