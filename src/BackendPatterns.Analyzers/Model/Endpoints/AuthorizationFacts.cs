using System.Globalization;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What a project says about authorization for every application that it becomes part of.</summary>
[Flags]
public enum ProjectAuthorization
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It sets a fallback policy.</summary>
    Fallback = 1,

    /// <summary>It adds a global filter or an MVC convention that may authorize.</summary>
    GlobalFilter = 2,

    /// <summary>It has middleware that decides who may pass.</summary>
    Middleware = 4,

    /// <summary>It authorizes some endpoints, or registers authentication.</summary>
    Used = 8,
}

/// <summary>
/// What a compiled project states about authorization, in attributes of its assembly: <c>1|project|Fallback, Used</c> once, and <c>1|M:Api.Secure(…)|0|Authorized</c> for what a
/// method does to the builder that is its first parameter, or for the builder that it returns. A text of another version counts as absent, and so does a damaged one.
/// </summary>
internal sealed class AuthorizationFacts
{
    /// <summary>The key of the attributes.</summary>
    public const string Key = "BackendPatterns.Authorization";

    /// <summary>Stands for the result of a method in place of the ordinal of a parameter.</summary>
    public const int Result = -1;

    private const string Version = "1";
    private const string Project = "project";

    private static readonly ConditionalWeakTable<IAssemblySymbol, AuthorizationFacts> Known = new();

    private readonly Dictionary<(string Id, int Ordinal), AuthorizationStance> _stances = [];

    private AuthorizationFacts(IAssemblySymbol assembly)
    {
        if (FrameworkAssemblies.Contain(assembly))
            return;
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute is { AttributeClass: { Name: "AssemblyMetadataAttribute" } type, ConstructorArguments: [{ Value: Key }, { Value: string text }] } && type.IsIn("System.Reflection"))
                Read(text);
        }
    }

    /// <summary>What the project states about itself, or null where it states nothing: nobody has looked at it.</summary>
    public ProjectAuthorization? OfProject { get; private set; }

    /// <summary>Returns the facts of a referenced assembly.</summary>
    public static AuthorizationFacts Of(IAssemblySymbol assembly) => Known.GetValue(assembly, static a => new AuthorizationFacts(a));

    /// <summary>Returns the text of the fact about a project.</summary>
    public static string TextOf(ProjectAuthorization project) => $"{Version}|{Project}|{project}";

    /// <summary>Returns the text of the fact about a method.</summary>
    public static string TextOf(string id, int ordinal, AuthorizationStance stance) => string.Join("|", Version, id, ordinal.ToString(CultureInfo.InvariantCulture), stance.ToString());

    /// <summary>Returns what is stated about a parameter of a method or about its <see cref="Result"/>; unknown where nothing is.</summary>
    public AuthorizationStance StanceOf(string id, int ordinal) => _stances.TryGetValue((id, ordinal), out var stance) ? stance : AuthorizationStance.Unknown;

    private void Read(string text)
    {
        var parts = text.Split('|');
        if (parts is [Version, Project, var flags] && Enum.TryParse<ProjectAuthorization>(flags, out var project) && project.ToString() == flags)
            OfProject = (OfProject ?? ProjectAuthorization.None) | project;
        else if (parts is [Version, var id, var ordinal, var name] && int.TryParse(ordinal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                 && Enum.TryParse<AuthorizationStance>(name, out var stance) && stance.ToString() == name)
        {
            _stances[(id, number)] = stance;
        }
    }
}
