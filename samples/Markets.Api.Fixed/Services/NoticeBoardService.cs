using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

/// <summary>The board above the list of markets, written as a whole.</summary>
public sealed class NoticeBoardService(NoticeBoardContext db) : INoticeBoardService
{
    public async Task<int> ReplaceAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var strategy = db.Database.CreateExecutionStrategy();
        var attempts = 0;
        return await strategy.ExecuteAsync(async cancellationToken =>
        {
            if (attempts++ > 0)
                db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var removed = await db.Notices.ExecuteDeleteAsync(cancellationToken);
            foreach (var text in texts)
                db.Notices.Add(new Notice { Text = text });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return removed;
        }, cancellationToken);
    }
}
