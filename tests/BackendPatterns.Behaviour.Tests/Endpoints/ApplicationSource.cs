using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>The source of one small, complete ASP.NET Core application: a <c>Program.cs</c> with top-level statements or a class with <c>Main</c>.</summary>
public static class ApplicationSource
{
    /// <summary>What <c>Microsoft.NET.Sdk.Web</c> imports, and the namespaces that nearly every case needs.</summary>
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Microsoft.AspNetCore.Authentication;
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Mvc.ApplicationModels;
        global using Microsoft.AspNetCore.Mvc.Authorization;
        global using Microsoft.AspNetCore.Mvc.Filters;
        global using Microsoft.AspNetCore.Mvc.RazorPages;
        global using Microsoft.AspNetCore.SignalR;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);
    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(GlobalUsings, Language, "GlobalUsings.cs");

    /// <summary>Compiles the application, as an executable of its own name.</summary>
    /// <param name="program">The source of the program.</param>
    /// <param name="others">Further files by their paths.</param>
    public static CSharpCompilation Compile(string program, params IEnumerable<(string Path, string Text)> others) =>
        CSharpCompilation.Create(
            "App" + Guid.NewGuid().ToString("N"),
            [Usings, CSharpSyntaxTree.ParseText(program, Language, "Program.cs"), .. others.Select(file => CSharpSyntaxTree.ParseText(file.Text, Language, file.Path))],
            BeforeAndAfter.References.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
}
