using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>The text of a request or response record with members of an entity: the same names, types, initial values and attributes, so that JSON is read and written in the same way.</summary>
internal sealed class ContractText
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes, genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly HashSet<string> _namespaces;
    private readonly Compilation _compilation;

    private ContractText(string name, ImmutableArray<string> lines, HashSet<string> namespaces, Compilation compilation)
    {
        Name = name;
        Lines = lines;
        _namespaces = namespaces;
        _compilation = compilation;
    }

    public string Name { get; }

    /// <summary>The lines of the declaration.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>Returns a record with properties that a request fills, or null where a member cannot be written so that it is bound in the same way.</summary>
    public static ContractText? ForRequest(string name, ImmutableArray<IPropertySymbol> members, Compilation compilation)
    {
        var namespaces = new HashSet<string>(StringComparer.Ordinal);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add("public sealed record " + name);
        lines.Add("{");
        foreach (var member in members)
        {
            if (AttributesOf(member, namespaces, isRequest: true) is not { } attributes || DeclarationOf(member) is not { } declaration)
                return null;
            if (lines.Count > 2)
                lines.Add("");
            foreach (var attribute in attributes)
                lines.Add("    [" + attribute + "]");
            var initial = declaration.Initializer is { } initializer ? " = " + initializer.Value.WithoutTrivia() + ";" : "";
            lines.Add($"    public {(member.IsRequired ? "required " : "")}{TypeOf(member, namespaces)} {member.Name} {{ get; init; }}{initial}");
        }

        lines.Add("}");
        return new ContractText(name, lines.ToImmutable(), namespaces, compilation);
    }

    /// <summary>Returns a record whose parameters are what a response has, or null where a member cannot be written so that it is serialized in the same way.</summary>
    public static ContractText? ForResponse(string name, ImmutableArray<IPropertySymbol> members, Compilation compilation)
    {
        var namespaces = new HashSet<string>(StringComparer.Ordinal);
        var parameters = new List<string>();
        foreach (var member in members)
        {
            if (AttributesOf(member, namespaces, isRequest: false) is not { } attributes)
                return null;
            parameters.Add(string.Concat(attributes.Select(static attribute => $"[property: {attribute}] ")) + TypeOf(member, namespaces) + " " + member.Name);
        }

        var line = $"public sealed record {name}({string.Join(", ", parameters)});";
        var lines = line.Length <= 120
            ? ImmutableArray.Create(line)
            : parameters.Select((parameter, at) => "    " + parameter + (at == parameters.Count - 1 ? ");" : ",")).Prepend($"public sealed record {name}(").ToImmutableArray();
        return new ContractText(name, lines, namespaces, compilation);
    }

    /// <summary>True for a declaration with this text, however it is laid out.</summary>
    public bool IsWrittenAs(SyntaxNode declaration) => Packed(declaration.ToString()) == Packed(string.Concat(Lines));

    private static string Packed(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));

    /// <summary>Returns the namespaces that a file in a namespace has to import, in order: those that no global using names.</summary>
    public IEnumerable<string> NamespacesFor(string own)
    {
        var global = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in _compilation.SyntaxTrees)
        {
            foreach (var directive in ((CompilationUnitSyntax)tree.GetRoot()).Usings)
            {
                if (directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive is { Alias: null, StaticKeyword.RawKind: 0, Name: { } name })
                    global.Add(name.ToString());
            }
        }

        return _namespaces.Where(space => space.Length > 0 && !global.Contains(space) && own != space && !own.StartsWith(space + ".", StringComparison.Ordinal))
            .OrderBy(static space => space.StartsWith("System", StringComparison.Ordinal) ? 0 : 1).ThenBy(static space => space, StringComparer.OrdinalIgnoreCase);
    }

    private static string TypeOf(IPropertySymbol member, HashSet<string> namespaces)
    {
        var pending = new Stack<ITypeSymbol>();
        pending.Push(member.Type);
        while (pending.Count > 0)
        {
            var type = pending.Pop();
            if (type is IArrayTypeSymbol array)
                pending.Push(array.ElementType);
            if (type is not INamedTypeSymbol { SpecialType: SpecialType.None or SpecialType.System_DateTime } named)
                continue;
            if (named.OriginalDefinition.SpecialType is not SpecialType.System_Nullable_T)
                namespaces.Add(named.ContainingNamespace.IsGlobalNamespace ? "" : named.ContainingNamespace.ToDisplayString());
            foreach (var argument in named.TypeArguments)
                pending.Push(argument);
        }

        return member.Type.ToDisplayString(TypeFormat);
    }

    /// <summary>
    /// Returns the attributes that decide how the member is read, checked and written; those that speak about the table are left out. Null where one may mean anything.
    /// </summary>
    private static ImmutableArray<string>? AttributesOf(IPropertySymbol member, HashSet<string> namespaces, bool isRequest)
    {
        var attributes = ImmutableArray.CreateBuilder<string>();
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type)
                return null;
            if (IsOfTable(type))
                continue;
            if (!(IsOfJson(attribute) || IsValidation(type) || type.IsIn("System.ComponentModel.DataAnnotations") || type.IsIn("System.ComponentModel"))
                || attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            {
                return null;
            }

            // What is checked at the door says nothing about the way out.
            if (!isRequest && !IsOfJson(attribute))
                continue;
            namespaces.Add(type.ContainingNamespace.ToDisplayString());
            attributes.Add(syntax.WithoutTrivia().ToString());
        }

        return attributes.ToImmutable();
    }

    private static bool IsOfTable(INamedTypeSymbol attribute) =>
        attribute.IsIn("System.ComponentModel.DataAnnotations.Schema") || attribute.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore") || attribute.IsIn("System.Diagnostics.CodeAnalysis")
        || attribute.ContainingNamespace.IsBelow("Microsoft.AspNetCore.Identity") || attribute.IsIn("System.Runtime.CompilerServices")
        || (attribute.Name is "KeyAttribute" or "TimestampAttribute" or "ConcurrencyCheckAttribute" && attribute.IsIn("System.ComponentModel.DataAnnotations"));

    private static bool IsOfJson(AttributeData attribute) =>
        attribute.AttributeClass is { } type && (type.IsIn("System.Text.Json.Serialization") || type.IsIn("Newtonsoft.Json"));

    private static bool IsValidation(INamedTypeSymbol attribute)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            if (type.Name is "ValidationAttribute" && type.IsIn("System.ComponentModel.DataAnnotations"))
                return true;
        }

        return false;
    }

    private static PropertyDeclarationSyntax? DeclarationOf(IPropertySymbol member) =>
        member.DeclaringSyntaxReferences is [var only] ? only.GetSyntax() as PropertyDeclarationSyntax : null;
}
