using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The files of a new service, in the style of its siblings, else of the endpoint's file.</summary>
/// <param name="Name">The class; its interface has an <c>I</c> in front.</param>
/// <param name="Place">Where the files go.</param>
/// <param name="Takes">What its constructor takes, with the names in the service.</param>
/// <param name="Methods">Its methods.</param>
/// <param name="IsPublic">False for a service that only its own assembly sees.</param>
/// <param name="HasPrimaryConstructor">True where the parameters are used as they are; otherwise the names are those of fields.</param>
internal sealed record ServiceText(
    string Name, ServicePlace Place, ImmutableArray<(InjectedValue Value, string Name)> Takes, ImmutableArray<ServiceMethod> Methods, bool IsPublic, bool HasPrimaryConstructor)
{
    private const string Indentation = "    ";

    /// <summary>A longer list of parameters has a line for each.</summary>
    private const int LongestLine = 140;

    /// <summary>Returns the new files: the place, the file name and the root. Unneeded directives are in them; they are not formatted.</summary>
    public IEnumerable<(NewFilePlace Place, string FileName, CompilationUnitSyntax Root)> Write(EndpointShape endpoint)
    {
        var contract = Contract();
        var service = Service();
        if (Place.IsOneFile)
        {
            yield return (Place.Class, Name + ".cs", NewFile.Of(endpoint, Place, Place.Class, Methods, contract, service));
            yield break;
        }

        yield return (Place.Interface, "I" + Name + ".cs", NewFile.Of(endpoint, Place, Place.Interface, Methods, contract));
        yield return (Place.Class, Name + ".cs", NewFile.Of(endpoint, Place, Place.Class, Methods, service));
    }

    private string Modifier => IsPublic ? "public" : "internal";

    private InterfaceDeclarationSyntax Contract()
    {
        var declaration = (InterfaceDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{Modifier} interface I{Name}\n{{\n}}\n")!;
        return declaration.WithMembers(SyntaxFactory.List<MemberDeclarationSyntax>(Methods.Select(static (method, index) => Apart(method.Contract(), index > 0))));
    }

    private ClassDeclarationSyntax Service()
    {
        var isSealed = Place.IsSealed ? "sealed " : "";
        var start = HasPrimaryConstructor ? $"{Modifier} {isSealed}class {Name}() : I{Name}" : $"{Indentation}public {Name}()";
        var parameters = Parameters(start.Length, HasPrimaryConstructor ? Indentation : Indentation + Indentation);
        var fields = "";
        var primary = "";
        if (HasPrimaryConstructor)
        {
            primary = $"({parameters})";
        }
        else if (Takes.Length > 0)
        {
            var assignments = Takes.Select(taken => $"{Indentation}{Indentation}{(taken.Name == ParameterName(taken.Name) ? "this." : "")}{taken.Name} = {ParameterName(taken.Name)};\n");
            fields = string.Concat(Takes.Select(taken => $"{Indentation}private readonly {TypeOf(taken.Value)} {taken.Name};\n"))
                + $"\n{Indentation}public {Name}({parameters})\n{Indentation}{{\n{string.Concat(assignments)}{Indentation}}}\n";
        }

        var declaration = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{Modifier} {isSealed}class {Name}{primary} : I{Name}\n{{\n{fields}}}\n")!;
        declaration = declaration.ReplaceNodes(declaration.DescendantNodes().OfType<TypeSyntax>().Where(IsQualified), static (_, type) => type.WithAdditionalAnnotations(Simplifier.Annotation));
        return declaration.AddMembers(Methods.Select((method, index) => Apart(method.Declaration(), index > 0 || fields.Length > 0)).ToArray<MemberDeclarationSyntax>());
    }

    /// <summary>The types are written in full and simplified later: the length that counts is that of their short names.</summary>
    private string Parameters(int lengthAround, string indentation)
    {
        var length = lengthAround + Takes.Sum(taken => $"{Attributes(taken.Value)}{taken.Value.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {ParameterName(taken.Name)}, ".Length);
        var separator = length > LongestLine ? "\n" + indentation : "";
        return string.Join(separator.Length > 0 ? "," : ", ", Takes.Select(taken => $"{separator}{Attributes(taken.Value)}{TypeOf(taken.Value)} {ParameterName(taken.Name)}"));
    }

    private static bool IsQualified(TypeSyntax type) => type.Parent is not TypeSyntax && type.ToString().Contains("::");

    private string ParameterName(string name) => HasPrimaryConstructor ? name : Escaped(FreshNames.Camel(name.TrimStart('_')));

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    private static MethodDeclarationSyntax Apart(MethodDeclarationSyntax method, bool isAfterAnother)
    {
        var leading = method.GetLeadingTrivia();
        return method.WithLeadingTrivia(isAfterAnother ? leading.Insert(0, SyntaxFactory.LineFeed) : leading).WithTrailingTrivia(SyntaxFactory.LineFeed);
    }

    /// <summary>A key or another choice among registrations; <c>[FromServices]</c> means nothing to a constructor.</summary>
    private static string Attributes(InjectedValue value) =>
        string.Concat((value.Parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.AttributeLists
            .Where(static list => list.Attributes.Any(static attribute => attribute.Name.ToString().Contains("Keyed"))).Select(static list => list.WithoutTrivia().ToString() + " ") ?? []);

    private static string TypeOf(InjectedValue value) =>
        value.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
