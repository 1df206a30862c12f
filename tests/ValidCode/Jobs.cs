using Hangfire;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ValidCode;

/// <summary>Jobs that get ids and records of values, and what the scheduler itself fills in.</summary>
public class JobScheduling(ShopContext db, IBackgroundJobClient jobs, IRecurringJobManager recurring)
{
    public async Task PlaceAsync(int id, CancellationToken cancellationToken)
    {
        if (!await db.Orders.AnyAsync(order => order.Id == id, cancellationToken))
            return;
        jobs.Enqueue<IJobReceipts>(receipts => receipts.SendAsync(id, CancellationToken.None));
        jobs.Schedule<IJobReceipts>(receipts => receipts.PrintAsync(new JobReceipt(id, DateTime.UtcNow)), TimeSpan.FromHours(1));
        recurring.AddOrUpdate<IJobReceipts>("cleanup", receipts => receipts.CleanUpAsync(JobCancellationToken.Null), Cron.Daily());
    }

    public static IJobDetail Printing(int orderId) =>
        JobBuilder.Create<PrintingJob>().UsingJobData("orderId", orderId).SetJobData(new JobDataMap { ["copies"] = 2 }).Build();
}

public interface IJobReceipts
{
    Task SendAsync(int orderId, CancellationToken cancellationToken);

    Task PrintAsync(JobReceipt receipt);

    Task CleanUpAsync(IJobCancellationToken cancellationToken);
}

public record JobReceipt(int OrderId, DateTime At);

public class PrintingJob : IJob
{
    public Task Execute(IJobExecutionContext context) => Task.CompletedTask;
}
