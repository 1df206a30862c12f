using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.ApiDesign;

/// <summary>
/// BP3004: answers 201 with the address of the endpoint that reads one by its id, where there is exactly one such endpoint beside it. Clients that test for 200 have to change, so a person
/// decides each one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP3004CreatedWithoutLocationFix() : RuleFix(BP3004CreatedWithoutLocationAnalyzer.Id)
{
    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || node.FirstAncestorOrSelf<ReturnStatementSyntax>() is not { Expression: { } written } statement
            || semantics.GetOperation(statement, cancellationToken) is not IReturnOperation returned
            || BackendModel.For(semantics.Compilation) is not { Endpoints: { } endpoints } model
            || BP3004CreatedAnswer.In(BodyAround(returned), model, cancellationToken) is not { Payload: ILocalReferenceOperation payload } answer
            || answer.Value.Syntax != written
            || ReplacementFor(returned, answer, payload.Syntax.ToString(), endpoints) is not { } text)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var after = document.WithSyntaxRoot(root.ReplaceNode(written, SyntaxFactory.ParseExpression(text).WithTriviaFrom(written)));
        return await IfItCompilesAsync(document, statement, after, "Answer 201 with the location", nameof(BP3004CreatedWithoutLocationFix), cancellationToken).ConfigureAwait(false);
    }

    private static IOperation BodyAround(IOperation returned) => returned.EnclosingFunction() is IAnonymousFunctionOperation lambda ? lambda.Body : returned.Root();

    private static string? ReplacementFor(IOperation returned, BP3004CreatedAnswer answer, string created, EndpointModel endpoints)
    {
        if (BP3004CreatedAnswer.KeyOf(answer.Created) is not { } key)
            return null;
        if (returned.EnclosingFunction() is IAnonymousFunctionOperation lambda)
        {
            return endpoints.MapCallOf(lambda) is { } call && endpoints.MappedBy(call)?.Route is { } route && route.IndexOf('{') < 0 && HasReader(route, endpoints)
                   && answer.Value.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                ? $"{access.Expression}.Created($\"{route.TrimEnd('/')}/{{{created}.{key.Name}}}\", {created})"
                : null;
        }

        return returned.MemberAround() is IMethodSymbol { ContainingType: { } controller } && ReaderIn(controller, key, endpoints) is var (reader, parameter)
            ? $"CreatedAtAction(nameof({reader}), new {{ {parameter} = {created}.{key.Name} }}, {created})"
            : null;
    }

    /// <summary>Returns the one action of the controller that reads by an id of this type, and the name of its parameter.</summary>
    private static (string Action, string Parameter)? ReaderIn(INamedTypeSymbol controller, IPropertySymbol key, EndpointModel endpoints)
    {
        (string, string)? found = null;
        foreach (var endpoint in endpoints.Of(controller))
        {
            if ((endpoint.Verbs & HttpVerbs.Get) == 0 || endpoint.Handler is not { } action || endpoint.Route is not { } route || route.Split('{').Length != 2)
                continue;
            foreach (var parameter in action.Parameters)
            {
                if (!SymbolEqualityComparer.Default.Equals(parameter.Type, key.Type) || route.LastIndexOf('/') is var last && !IsParameter(route.Substring(last + 1), parameter.Name))
                    continue;
                // By default MVC drops the suffix from the name, and the address would not be found.
                if (found is not null || action.Name.EndsWith("Async", StringComparison.Ordinal))
                    return null;
                found = (action.Name, parameter.Name);
            }
        }

        return found;
    }

    private static bool IsParameter(string segment, string name) =>
        segment.StartsWith("{" + name, StringComparison.OrdinalIgnoreCase) && segment.Length > name.Length + 1 && segment[name.Length + 1] is '}' or ':' && segment.EndsWith("}", StringComparison.Ordinal);

    /// <summary>True where one endpoint answers GET under the address with an id behind it.</summary>
    private static bool HasReader(string route, EndpointModel endpoints) =>
        endpoints.MapCallsInSource.Count(call =>
            endpoints.MappedBy(call) is { Route: { } other, Verbs: var verbs } && (verbs & HttpVerbs.Get) != 0
            && other.StartsWith(route.TrimEnd('/') + "/{", StringComparison.OrdinalIgnoreCase) && other.EndsWith("}", StringComparison.Ordinal) && other.Split('{').Length == 2) == 1;
}
