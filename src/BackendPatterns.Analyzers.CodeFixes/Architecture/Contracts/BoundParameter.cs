using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>An entity that an endpoint takes from a JSON body, and that can be made from a request record instead.</summary>
internal sealed class BoundParameter
{
    private const int MostOfOneName = 8;

    private readonly ParameterSyntax _parameter;
    private readonly BlockSyntax _body;
    private readonly ImmutableArray<IPropertySymbol> _members;
    private readonly ContractText _record;
    private readonly Compilation _compilation;

    private BoundParameter(IMethodSymbol handler, ParameterSyntax parameter, BlockSyntax body, ImmutableArray<IPropertySymbol> members, ContractText record, Compilation compilation)
    {
        Handler = handler;
        _parameter = parameter;
        _body = body;
        _members = members;
        _record = record;
        _compilation = compilation;
    }

    /// <summary>The action or handler.</summary>
    public IMethodSymbol Handler { get; }

    public string RecordName => _record.Name;

    /// <summary>Returns the parameter, or null where it is not certain that a record would be bound in the same way and the entity made from it is the same.</summary>
    public static BoundParameter? Of(ParameterSyntax parameter, SemanticModel semantics, BackendModel model)
    {
        if (semantics.GetDeclaredSymbol(parameter) is not IParameterSymbol { ContainingSymbol: IMethodSymbol handler, NullableAnnotation: not NullableAnnotation.Annotated, HasExplicitDefaultValue: false } symbol
            || symbol.Type is not INamedTypeSymbol entity || model.Entities.Find(entity) is not { IsReadable: true } type || !BodyContract.IsPlain(entity, model.Compilation)
            || BodyOf(parameter) is not { } body || semantics.GetOperation(body) is not { } block || VerbsOf(parameter, handler, semantics, model) is not { } verbs || !BodyContract.IsJson(symbol, model))
        {
            return null;
        }

        var uses = EntityParameter.Of(symbol, block);
        if (uses.IsTested && symbol.NullableAnnotation is not NullableAnnotation.NotAnnotated)
            return null;
        var members = RequestMembers.Of(type, uses, model);
        return !members.IsEmpty && NameFor(entity, handler, verbs, model.Compilation) is { } name && ContractText.ForRequest(name, members, model.Compilation) is { } record
            ? new BoundParameter(handler, parameter, body, members, record, model.Compilation)
            : null;
    }

    /// <summary>Returns the solution with the record and the endpoint that takes it, and the document of the record.</summary>
    public async Task<(Solution Solution, DocumentId Record)?> WriteAsync(Document document, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || _body.Statements.FirstOrDefault() is not { } first)
            return null;
        var place = ContractPlace.Of(document, _parameter, _compilation, cancellationToken);
        var request = FreshNames.InMember(_parameter).Take("request", _parameter.Identifier.ValueText + "Request");
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>
        {
            [_parameter] = _parameter
                .WithType(SyntaxFactory.IdentifierName(_record.Name).WithTriviaFrom(_parameter.Type!))
                .WithIdentifier(SyntaxFactory.Identifier(request).WithTriviaFrom(_parameter.Identifier)),
            [_body] = _body.WithStatements(_body.Statements.Replace(first, first.WithLeadingTrivia(first.GetLeadingTrivia())).Insert(0, Mapping(request, first, LineBreaks.In(root)))),
        };
        foreach (var name in DocumentedNames())
            replaced[name] = SyntaxFactory.IdentifierName(request);
        var changed = document.WithSyntaxRoot(root.ReplaceNodes(replaced.Keys, (original, _) => replaced[original]));
        return await place.AddAsync(changed, _record, cancellationToken).ConfigureAwait(false);
    }

    private StatementSyntax Mapping(string request, StatementSyntax first, SyntaxTrivia endOfLine)
    {
        var indentation = first.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString();
        var lines = new List<string> { $"{indentation}var {_parameter.Identifier.Text} = new {_parameter.Type!.WithoutTrivia()}", indentation + "{" };
        lines.AddRange(_members.Select(member => $"{indentation}    {Escaped(member.Name)} = {request}.{Escaped(member.Name)},"));
        lines.Add(indentation + "};");
        return SyntaxFactory.ParseStatement(string.Concat(lines.Select(line => line + endOfLine)));
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    private IEnumerable<SyntaxNode> DocumentedNames() =>
        _parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.DescendantNodes(descendIntoTrivia: true).OfType<XmlNameAttributeSyntax>()
            .Select(static attribute => attribute.Identifier).Where(name => name.Identifier.ValueText == _parameter.Identifier.ValueText) ?? [];

    private static BlockSyntax? BodyOf(ParameterSyntax parameter) => parameter.Parent?.Parent switch
    {
        MethodDeclarationSyntax { Body: { } body } method when !method.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.VirtualKeyword) || modifier.IsKind(SyntaxKind.OverrideKeyword)) => body,
        ParenthesizedLambdaExpressionSyntax { Block: { } body } => body,
        _ => null,
    };

    private static HttpVerbs? VerbsOf(ParameterSyntax parameter, IMethodSymbol handler, SemanticModel semantics, BackendModel model)
    {
        var endpoints = model.Endpoints!;
        if (handler.MethodKind is MethodKind.Ordinary && endpoints.Controllers.ContainOrServeAsBase(handler.ContainingType))
            return endpoints.Controllers.VerbsOf(handler);
        if (parameter.Parent?.Parent is LambdaExpressionSyntax lambda)
            return semantics.GetOperation(lambda) is IAnonymousFunctionOperation function && endpoints.MapCallOf(function) is { } call ? endpoints.MappedBy(call)?.Verbs : null;
        return endpoints.MapCallsInSource.Select(call => endpoints.MappedBy(call)).FirstOrDefault(mapped => SymbolEqualityComparer.Default.Equals(mapped?.Handler?.OriginalDefinition, handler.OriginalDefinition))?.Verbs;
    }

    private static string? NameFor(INamedTypeSymbol entity, IMethodSymbol handler, HttpVerbs verbs, Compilation compilation)
    {
        var subject = entity.Name.Length > "Entity".Length && entity.Name.EndsWith("Entity", StringComparison.Ordinal) ? entity.Name.Substring(0, entity.Name.Length - "Entity".Length) : entity.Name;
        var verb = (verbs & HttpVerbs.Post) != 0 ? "Create" : "Update";
        var named = handler.MethodKind is MethodKind.Ordinary ? handler.Name : verb + "New";
        if (named.EndsWith("Async", StringComparison.Ordinal))
            named = named.Substring(0, named.Length - "Async".Length);
        IEnumerable<string> names = [verb + subject + "Request", named.Contains(subject) ? named + "Request" : named + subject + "Request"];
        // An endpoint beside one that has a record of that name already, with other members or other checks.
        names = names.Concat(Enumerable.Range(2, MostOfOneName).Select(number => $"{verb}{subject}Request{number}"));
        return names.FirstOrDefault(name => !compilation.ContainsSymbolsWithName(name, SymbolFilter.TypeAndMember));
    }
}
