using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>A logger that a class takes through its constructor: a parameter of the primary one, a field set by the only other one, or a primary constructor where it has none.</summary>
internal sealed record AddedLogger(string Name, string Parameter, string Service)
{
    private const LanguageVersion PrimaryConstructors = (LanguageVersion)1200;

    /// <summary>Returns the logger to add, or null where the constructor has a form that cannot be extended.</summary>
    public static AddedLogger? For(ClassDeclarationSyntax declaration)
    {
        var names = FreshNames.InType(declaration);
        var service = declaration.Identifier.ValueText + declaration.TypeParameterList?.ToString();
        var constructors = ConstructorsOf(declaration);
        if (constructors.Count == 0)
        {
            var isPossible = declaration.ParameterList is not null || declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= PrimaryConstructors };
            var name = names.Take("logger");
            return isPossible && declaration.ParameterList?.Parameters.LastOrDefault() is not { Default: not null } ? new AddedLogger(name, name, service) : null;
        }

        return declaration.ParameterList is null && constructors is [{ Body: not null, Initializer: null or { ArgumentList.Arguments.Count: 0 } } only] && only.ParameterList.Parameters.All(static parameter => parameter.Default is null && parameter.Modifiers.Count == 0)
            ? new AddedLogger(names.Take("_logger"), names.Take("logger"), service)
            : null;
    }

    /// <summary>Returns the file with the logger in the class around a node.</summary>
    public SyntaxNode AddTo(SyntaxNode root, SyntaxNode place)
    {
        var declaration = place.FirstAncestorOrSelf<ClassDeclarationSyntax>()!;
        return root.ReplaceNode(declaration, ConstructorsOf(declaration) is [var constructor] ? WithField(declaration, constructor) : WithPrimary(declaration));
    }

    private static List<ConstructorDeclarationSyntax> ConstructorsOf(ClassDeclarationSyntax declaration) =>
        declaration.Members.OfType<ConstructorDeclarationSyntax>().Where(static constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)).ToList();

    private ClassDeclarationSyntax WithPrimary(ClassDeclarationSyntax declaration)
    {
        if (declaration.ParameterList is { } list)
            return declaration.WithParameterList(list.WithParameters(Extended(list.Parameters)));
        var added = ParameterList(SingletonSeparatedList(NewParameter()));
        if (declaration.TypeParameterList is { } types)
            return declaration.WithTypeParameterList(types.WithoutTrailingTrivia()).WithParameterList(added.WithTrailingTrivia(types.GetTrailingTrivia()));
        var name = declaration.Identifier;
        return declaration.WithIdentifier(name.WithTrailingTrivia()).WithParameterList(added.WithTrailingTrivia(name.TrailingTrivia));
    }

    private ClassDeclarationSyntax WithField(ClassDeclarationSyntax declaration, ConstructorDeclarationSyntax constructor)
    {
        var newLine = LineBreaks.In(declaration.SyntaxTree.GetRoot()).ToFullString();
        var outer = Space(constructor.GetLeadingTrivia());
        var body = constructor.Body!;
        var inner = body.Statements.Count > 0 ? Space(body.Statements[0].GetLeadingTrivia()) : outer + "    ";
        var assignment = ParseStatement($"{inner}{Name} = {Parameter};{newLine}");
        var changed = constructor.WithParameterList(constructor.ParameterList.WithParameters(Extended(constructor.ParameterList.Parameters)))
            .WithBody(body.AddStatements(assignment));
        var field = (FieldDeclarationSyntax)ParseMemberDeclaration($"{outer}private readonly {TypeText} {Name};{newLine}")!;
        field = field.ReplaceNode(field.Declaration.Type, Simplified(field.Declaration.Type));
        declaration = declaration.ReplaceNode(constructor, changed);
        var last = declaration.Members.LastOrDefault(static member => member is FieldDeclarationSyntax) is { } fields ? declaration.Members.IndexOf(fields) : -1;
        if (last >= 0)
            return declaration.WithMembers(declaration.Members.Insert(last + 1, field));
        var first = declaration.Members[0];
        if (!first.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            declaration = declaration.ReplaceNode(first, first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, EndOfLine(newLine))));
        return declaration.WithMembers(declaration.Members.Insert(0, field));
    }

    private string TypeText => $"global::Microsoft.Extensions.Logging.ILogger<{Service}>";

    private SeparatedSyntaxList<ParameterSyntax> Extended(SeparatedSyntaxList<ParameterSyntax> parameters)
    {
        if (parameters.Count == 0)
            return SingletonSeparatedList(NewParameter());
        // One parameter a line stays one parameter a line.
        var before = parameters.Count > 1 ? parameters[parameters.Count - 1].GetLeadingTrivia() : default;
        var comma = parameters.Count > 1 ? parameters.GetSeparator(parameters.Count - 2) : Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var list = parameters.GetWithSeparators().Add(comma).Add(NewParameter().WithLeadingTrivia(before));
        return SeparatedList<ParameterSyntax>(list);
    }

    private ParameterSyntax NewParameter() =>
        SyntaxFactory.Parameter(Identifier(Parameter)).WithType(Simplified(ParseTypeName(TypeText)).WithTrailingTrivia(SyntaxFactory.Space));

    private static TypeSyntax Simplified(TypeSyntax type) => type.WithAdditionalAnnotations(Simplifier.Annotation);

    private static string Space(SyntaxTriviaList leading) => leading.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
}
