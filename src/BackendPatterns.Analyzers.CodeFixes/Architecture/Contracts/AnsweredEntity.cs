using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>An entity that an endpoint loads itself and does nothing with but answer, so that its query can make a response record instead.</summary>
internal sealed class AnsweredEntity
{
    private readonly INamedTypeSymbol _entity;
    private readonly IInvocationOperation _load;
    private readonly SyntaxNode _handler;
    private readonly SemanticModel _semantics;
    private readonly ImmutableArray<IPropertySymbol> _members;
    private readonly ContractText _record;
    private readonly INamedTypeSymbol? _existing;

    private AnsweredEntity(INamedTypeSymbol entity, IInvocationOperation load, SyntaxNode handler, SemanticModel semantics, ImmutableArray<IPropertySymbol> members, ContractText record, INamedTypeSymbol? existing)
    {
        _entity = entity;
        _load = load;
        _handler = handler;
        _semantics = semantics;
        _members = members;
        _record = record;
        _existing = existing;
    }

    public string RecordName => _record.Name;

    /// <summary>Returns the answer, or null where it is not certain that the record is written as the entity is, but for its navigations.</summary>
    public static AnsweredEntity? Of(INamedTypeSymbol entity, SyntaxNode handler, SemanticModel semantics, BackendModel model)
    {
        if (!BodyContract.IsPlain(entity, model.Compilation) || BodyOf(handler) is not { } body || semantics.GetOperation(body) is not { } block || LoadIn(block, entity, model) is not { } load
            || load.Operation is not IInvocationOperation call || FixUp.IsChangedInSameMember(load.Query, entity, call) || !AnswerUses.AreOnly(call))
        {
            return null;
        }

        var members = ResponseMembers.Of(load, model);
        if (members.IsEmpty)
            return null;
        foreach (var name in NamesFor(entity, handler))
        {
            if (ContractText.ForResponse(name, members, model.Compilation) is not { } record)
                return null;
            var taken = model.Compilation.GetSymbolsWithName(name, SymbolFilter.TypeAndMember).ToList();
            // Another endpoint with the same entity may have it already.
            var existing = taken is [INamedTypeSymbol { ContainingType: null, DeclaringSyntaxReferences: [var only] } type] && record.IsWrittenAs(only.GetSyntax()) ? type : null;
            if (taken.Count == 0 || existing is not null)
                return new AnsweredEntity(entity, call, handler, semantics, members, record, existing);
        }

        return null;
    }

    /// <summary>Returns the solution with the record, the query that makes it and the endpoint that answers with it, and the document of the record.</summary>
    public async Task<(Solution Solution, DocumentId Record)?> WriteAsync(Document document, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)await _semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var row = FreshNames.ForLambda(_load.Syntax).Take(FreshNames.Camel(_entity.Name).Substring(0, 1), "row");
        var mapping = $"{row} => new {_record.Name}({string.Join(", ", _members.Select(member => row + "." + member.Name))})";
        if (BP1010ProjectedLoad.Write(_load, (LambdaExpressionSyntax)SyntaxFactory.ParseExpression(mapping)) is not { } projected)
            return null;
        var replaced = new Dictionary<SyntaxNode, SyntaxNode> { [_load.Syntax] = projected.WithAdditionalAnnotations(Formatter.Annotation) };
        foreach (var name in TypeNames())
            replaced[name] = SyntaxFactory.IdentifierName(_record.Name).WithTriviaFrom(name);
        var changed = (CompilationUnitSyntax)UsingDirectives.AddMissing(root.ReplaceNodes(replaced.Keys, (original, _) => replaced[original]), _semantics, _load.Syntax.SpanStart, ("System.Linq", "Queryable"));
        var place = ContractPlace.Of(document, _handler, _semantics.Compilation, cancellationToken);
        if (_existing is null)
            return await place.AddAsync(document.WithSyntaxRoot(changed), _record, cancellationToken).ConfigureAwait(false);
        return (place.Import(changed, _existing.ContainingNamespace.IsGlobalNamespace ? "" : _existing.ContainingNamespace.ToDisplayString()), document.Id);
    }

    /// <summary>The places that name the entity as the type of the answer: the return type, attributes about it, the local that holds it.</summary>
    private IEnumerable<SyntaxNode> TypeNames()
    {
        var roots = new List<SyntaxNode?>();
        if (_handler is MethodDeclarationSyntax method)
        {
            roots.Add(method.ReturnType);
            roots.AddRange(method.AttributeLists);
        }
        else if (_handler is ParenthesizedLambdaExpressionSyntax lambda)
        {
            roots.Add(lambda.ReturnType);
        }

        roots.Add(_load.Syntax.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()?.Declaration.Type);
        return roots.OfType<SyntaxNode>().SelectMany(static node => node.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>()
            .Where(name => !name.IsVar && SymbolEqualityComparer.Default.Equals(_semantics.GetSymbolInfo(name).Symbol, _entity));
    }

    private static SyntaxNode? BodyOf(SyntaxNode handler) => handler switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LambdaExpressionSyntax lambda => lambda,
        _ => null,
    };

    /// <summary>The only load of the handler: rows that another one loads may become navigations of these.</summary>
    private static EntityLoad? LoadIn(IOperation body, INamedTypeSymbol entity, BackendModel model)
    {
        EntityLoad? only = null;
        foreach (var operation in body.Descendants())
        {
            if (operation is not (IInvocationOperation or IForEachLoopOperation) || EntityLoad.Of(operation, model) is not { } load)
                continue;
            if (only is not null)
                return null;
            only = load;
        }

        return only is not null && SymbolEqualityComparer.Default.Equals(only.Entity.Symbol, entity) && !only.Query.Has("Include") ? only : null;
    }

    private static IEnumerable<string> NamesFor(INamedTypeSymbol entity, SyntaxNode handler)
    {
        var subject = entity.Name.Length > "Entity".Length && entity.Name.EndsWith("Entity", StringComparison.Ordinal) ? entity.Name.Substring(0, entity.Name.Length - "Entity".Length) : entity.Name;
        yield return subject + "Response";
        if (handler is MethodDeclarationSyntax { Identifier.ValueText: var action })
            yield return action + subject + "Response";
    }
}
