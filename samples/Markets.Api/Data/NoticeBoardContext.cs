using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Data;

/// <summary>The notices alone, through a connection that survives short outages.</summary>
public sealed class NoticeBoardContext(DbContextOptions<NoticeBoardContext> options) : DbContext(options)
{
    public DbSet<Notice> Notices => Set<Notice>();
}
