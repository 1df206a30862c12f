using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IHousekeepingService
{
    Task<int> ReleaseReservationsAsync(CancellationToken cancellationToken);

    Task<bool> ReinstateAsync(int userId, CancellationToken cancellationToken);

    Task<bool> RenameCategoryAsync(RenameCategory request, CancellationToken cancellationToken);

    Task<NoticeDto> CreateNoticeAsync(PublishNotice request, CancellationToken cancellationToken);

    Task<NoticeDto?> FindNoticeAsync(int id, CancellationToken cancellationToken);

    Task<int> CountCategoriesAsync(CancellationToken cancellationToken);
}
