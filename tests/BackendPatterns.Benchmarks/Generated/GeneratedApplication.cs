using System.Text;

namespace BackendPatterns.Benchmarks.Generated;

/// <summary>
/// A backend of a wanted size, the same text in every run: per module an entity with its configuration, contracts, a repository and a service behind interfaces, a controller or
/// minimal-API endpoints, now and then a background service or a client that retries, and about twice as much code that has nothing to do with a backend. Some modules have mistakes.
/// </summary>
public static class GeneratedApplication
{
    // What the web SDK adds to a project, and what most files of such an application would repeat.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Globalization;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.EntityFrameworkCore.Metadata.Builders;
        global using Microsoft.Extensions.Caching.Memory;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        """;

    /// <summary>The files of an application of at least so many lines; it ends with the module that reaches them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More lines than there are names for modules.</exception>
    public static IReadOnlyList<GeneratedFile> OfLines(int lines)
    {
        var files = new List<GeneratedFile>();
        var modules = new List<GeneratedModule>();
        for (var total = 0; total < lines;)
        {
            if (modules.Count == GeneratedModule.Most)
                throw new ArgumentOutOfRangeException(nameof(lines), lines, "There are not enough names for so many modules.");
            var module = new GeneratedModule(modules.Count);
            modules.Add(module);
            foreach (var file in FilesOf(module))
            {
                files.Add(file);
                total += file.Lines;
            }
        }

        foreach (var area in modules.GroupBy(module => module.Area))
            files.AddRange([DataCode.Context([.. area]), Registration([.. area])]);
        files.Add(new GeneratedFile("Usings.cs", Usings.ReplaceLineEndings("\n")));
        files.Add(Program(modules));
        return files;
    }

    private static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module) =>
    [
        .. DataCode.FilesOf(module), .. ServiceCode.FilesOf(module), .. EndpointCode.FilesOf(module), .. BackgroundCode.FilesOf(module), .. PlainCode.FilesOf(module),
    ];

    private static GeneratedFile Registration(IReadOnlyList<GeneratedModule> area)
    {
        var (services, endpoints) = (new StringBuilder(), new StringBuilder());
        foreach (var module in area)
        {
            services.Append($"        services.AddScoped<I{module.Name}Repository, {module.Name}Repository>();\n        services.AddScoped<I{module.Name}Service, {module.Name}Service>();\n");
            if (BackgroundCode.HasWorker(module))
                services.Append($"        services.AddHostedService<{module.Name}Worker>();\n");
            if (BackgroundCode.HasClient(module))
                services.Append($"        services.AddHttpClient<{module.Name}Client>();\n");
            if (!EndpointCode.HasController(module))
                endpoints.Append($"        app.Map{module.Name}Endpoints();\n");
        }

        var first = area[0];
        return first.File("", first.Area + "Setup", $$"""
            /// <summary>What this part of the application registers.</summary>
            public static class {{first.Area}}Setup
            {
                public static IServiceCollection Add{{first.Area}}(this IServiceCollection services, IConfiguration configuration)
                {
                    services.AddDbContext<{{first.Context}}>(options => options.UseSqlite(configuration.GetConnectionString("{{first.Area}}")));
            {{services.ToString().TrimEnd('\n')}}
                    return services;
                }

                public static IEndpointRouteBuilder Map{{first.Area}}(this IEndpointRouteBuilder app)
                {
            {{endpoints.ToString().TrimEnd('\n')}}
                    return app;
                }
            }
            """);
    }

    private static GeneratedFile Program(IEnumerable<GeneratedModule> modules)
    {
        var areas = modules.Select(module => module.Area).Distinct().ToList();
        var text = new StringBuilder();
        foreach (var area in areas)
            text.Append($"using Generated.{area};\n");
        text.Append("\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddControllers();\nbuilder.Services.AddMemoryCache();\n")
            .Append("builder.Services.AddAuthentication();\nbuilder.Services.AddAuthorization();\n");
        foreach (var area in areas)
            text.Append($"builder.Services.Add{area}(builder.Configuration);\n");
        text.Append("\nvar app = builder.Build();\napp.UseHttpsRedirection();\napp.UseAuthentication();\napp.UseAuthorization();\napp.MapControllers();\n");
        foreach (var area in areas)
            text.Append($"app.Map{area}();\n");
        return new GeneratedFile("Program.cs", text.Append("app.Run();\n").ToString());
    }
}
