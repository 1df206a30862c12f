namespace Markets.Api.Services;

public interface IOrderExportService
{
    Task<string> ExportAsync(CancellationToken cancellationToken);
}
