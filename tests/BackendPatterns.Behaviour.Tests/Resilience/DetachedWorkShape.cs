namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>One way in which a request starts work.</summary>
/// <param name="Name">What it shows; also its address.</param>
/// <param name="Fails">True where the work cannot do what it is there for once the request is over.</param>
/// <param name="Source">Its file. <c>Map</c> in a class <c>Setup</c> of its namespace maps what is no controller.</param>
public sealed record DetachedWorkShape(string Name, bool Fails, string Source)
{
    /// <summary>The namespace of the shape.</summary>
    public string Namespace { get; } = "Shape_" + Name.Replace('-', '_');

    /// <summary>The file in which the work starts: its own, or that of the classes which all shapes share.</summary>
    public string StartsIn { get; init; } = Name;

    /// <summary>True for a hub, which is no request of its own.</summary>
    public bool IsHub => Source.Contains(": Hub", StringComparison.Ordinal);

    /// <summary>A controller whose members are given; <c>{W: …}</c> waits for the end of the request and tells what became of the work.</summary>
    public static DetachedWorkShape Controller(string name, bool fails, string dependencies, string members) =>
        new(name, fails, File(name, $$"""
            [Route("{{name}}")]
            public class WorkController({{dependencies}}) : ControllerBase
            {
                [HttpPost]
            {{Expand(members)}}
            }
            """));

    /// <summary>Endpoints that are mapped.</summary>
    public static DetachedWorkShape Mapped(string name, bool fails, string statements, string others = "") =>
        new(name, fails, File(name, $$"""
            public static class Setup
            {
                public static void Map(WebApplication app)
                {
            {{Expand(statements)}}
                }
            }
            {{Expand(others)}}
            """));

    /// <summary>The first line of the file carries the namespace, so that two shapes may have classes of one name.</summary>
    private static string File(string name, string types) => $"using Microsoft.EntityFrameworkCore;\nnamespace Shape_{name.Replace('-', '_')};\n{types}";

    private static string Expand(string source)
    {
        while (source.IndexOf("{W:", StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = source.IndexOf(":W}", start, StringComparison.Ordinal);
            source = source[..start] + "try { await Probe.Ended; " + source[(start + 3)..end] + " Probe.Say(\"ok\"); } catch (Exception e) { Probe.Say(e.GetType().Name); }" + source[(end + 3)..];
        }

        return source;
    }
}
