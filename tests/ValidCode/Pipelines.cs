using System.Threading.RateLimiting;

namespace ValidCode;

/// <summary>Pipelines in an order that works: the documented one, those that lean on what <c>WebApplication</c> adds, branches, methods that share the work.</summary>
public static class Pipelines
{
    public static void Documented(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddRateLimiter(limits => limits.AddPolicy("user", context =>
            RateLimitPartition.GetFixedWindowLimiter(context.User.Identity?.Name ?? "", _ => new() { PermitLimit = 5, Window = TimeSpan.FromMinutes(1) })));
        var app = builder.Build();
        if (app.Environment.IsDevelopment())
            app.UseDeveloperExceptionPage();
        else
            app.UseExceptionHandler("/error");
        app.UseHttpsRedirection();
        app.UseStaticFiles();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseSession();
        app.UseResponseCaching();
        app.UseOutputCache();
        app.MapGet("/limited", () => 1).RequireRateLimiting("user").RequireAuthorization();
        app.Run();
    }

    public static void Implicit(string[] args)
    {
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/prices", () => 1).RequireRateLimiting("user").RequireAuthorization();
        app.UseRateLimiter();
        app.UseSession();
        app.UseExceptionHandler("/error");
        app.Run();
    }

    public static void Branches(string[] args)
    {
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseProtection();
        app.Map("/internal", branch => branch.UseAuthorization().UseCors());
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), branch => branch.UseRateLimiter());
        if (args.Length > 0)
            app.UseOutputCache();
        else
            app.UseResponseCaching();
        app.Run();
    }

    private static IApplicationBuilder UseProtection(this IApplicationBuilder app) => app.UseCors().UseAuthentication().UseAuthorization();

    private sealed class Startup
    {
        public void Configure(IApplicationBuilder app)
        {
            app.UseRouting();
            app.UseCors();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseEndpoints(endpoints => endpoints.MapControllers());
            app.UseStaticFiles();
        }
    }
}
