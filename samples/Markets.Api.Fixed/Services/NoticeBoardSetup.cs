using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public static class NoticeBoardSetup
{
    public static IServiceCollection AddNoticeBoard(this IServiceCollection services)
    {
        services.AddDbContext<NoticeBoardContext>((provider, options) => options.UseSqlite(
            provider.GetRequiredService<Database>().ConnectionString, sqlite => sqlite.ExecutionStrategy(dependencies => new ShortOutageStrategy(dependencies))));
        return services.AddScoped<INoticeBoardService, NoticeBoardService>();
    }
}
