using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

/// <summary>What the administrators of the exchange do by hand.</summary>
public sealed class HousekeepingService(MarketsDbContext db) : IHousekeepingService
{
    public Task<int> ReleaseReservationsAsync(CancellationToken cancellationToken) =>
        db.Users.Where(x => x.IsSuspended && x.ReservedCents > 0)
            .ExecuteUpdateAsync(x => x.SetProperty(user => user.ReservedCents, 0), cancellationToken);

    public async Task<bool> ReinstateAsync(int userId, CancellationToken cancellationToken) =>
        await db.Users.Where(x => x.Id == userId)
            .ExecuteUpdateAsync(x => x.SetProperty(user => user.IsSuspended, false), cancellationToken) > 0;

    public async Task<bool> RenameCategoryAsync(RenameCategory request, CancellationToken cancellationToken) =>
        await db.Categories.Where(x => x.Id == request.Id)
            .ExecuteUpdateAsync(x => x.SetProperty(category => category.Name, request.Name), cancellationToken) > 0;

    public async Task<NoticeDto> CreateNoticeAsync(PublishNotice request, CancellationToken cancellationToken)
    {
        var notice = new Notice { Text = request.Text };
        db.Notices.Add(notice);
        await db.SaveChangesAsync(cancellationToken);
        return new NoticeDto(notice.Id, notice.Text);
    }

    public Task<NoticeDto?> FindNoticeAsync(int id, CancellationToken cancellationToken) =>
        db.Notices.Where(x => x.Id == id).Select(x => new NoticeDto(x.Id, x.Text)).SingleOrDefaultAsync(cancellationToken);

    public Task<int> CountCategoriesAsync(CancellationToken cancellationToken) => db.Categories.CountAsync(cancellationToken);
}
