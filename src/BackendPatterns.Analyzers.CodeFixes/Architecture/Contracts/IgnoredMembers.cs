using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>Properties that the serializer is to leave out, where nothing else reads or writes them as JSON.</summary>
internal sealed class IgnoredMembers
{
    private const string Attribute = "JsonIgnore";

    /// <summary>What else may turn an object into JSON or back: caches, clients, code of the application.</summary>
    private static readonly string[] OtherUses = ["JsonSerializer", "JsonConvert", "ReadFromJson", "FromJsonAsync", "AsJsonAsync", "IDistributedCache", "HybridCache"];

    private readonly ImmutableArray<(DocumentId Document, PropertyDeclarationSyntax Property)> _places;
    private readonly string _namespace;

    private IgnoredMembers(ImmutableArray<(DocumentId Document, PropertyDeclarationSyntax Property)> places, string @namespace)
    {
        _places = places;
        _namespace = @namespace;
    }

    /// <summary>
    /// Returns the members, or null where one is not declared in the solution as a property, where a request fills its type (it would not be bound any more), where it is
    /// <c>required</c> (System.Text.Json refuses a type whose required member is ignored), or where something else may read
    /// or write the type as JSON.
    /// </summary>
    public static IgnoredMembers? Of(IEnumerable<SensitiveMember> members, AnsweringEndpoint endpoint, Solution solution, BackendModel model)
    {
        var places = ImmutableArray.CreateBuilder<(DocumentId, PropertyDeclarationSyntax)>();
        foreach (var member in members)
        {
            if (member.Property.DeclaringSyntaxReferences is not [var only] || only.GetSyntax() is not PropertyDeclarationSyntax property || solution.GetDocument(only.SyntaxTree) is not { } document
                || document is SourceGeneratedDocument || model.Endpoints!.RequestContracts.Contain(member.Holder) || model.Endpoints.RequestContracts.Contain(member.Property.ContainingType)
                || IsUsedAsJson(member.Holder.Name, model.Compilation) || (member.Property.IsRequired && !IsNewtonsoft(endpoint, model.Compilation)))
            {
                return null;
            }

            if (!places.Contains((document.Id, property)))
                places.Add((document.Id, property));
        }

        return new IgnoredMembers(places.ToImmutable(), IsNewtonsoft(endpoint, model.Compilation) ? "Newtonsoft.Json" : "System.Text.Json.Serialization");
    }

    /// <summary>Returns the solution with the attributes, or null where a document cannot be read.</summary>
    public async Task<Solution?> WriteAsync(Solution solution, CancellationToken cancellationToken)
    {
        foreach (var group in _places.GroupBy(static place => place.Document, static place => place.Property))
        {
            if (await solution.GetDocument(group.Key)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
                return null;
            var root = (CompilationUnitSyntax)await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var import = AttributeImport.Of(_namespace, Attribute, semantics, group.First().SpanStart);
            var endOfLine = LineBreaks.In(root);
            root = root.ReplaceNodes(group, (_, property) => AddedAttribute.On(property, import.Name, endOfLine));
            solution = solution.WithDocumentSyntaxRoot(group.Key, import.AddTo(root));
        }

        return solution;
    }

    /// <summary>Minimal APIs have one serializer.</summary>
    private static bool IsNewtonsoft(AnsweringEndpoint endpoint, Compilation compilation) =>
        endpoint.Endpoint.Kind is EndpointKind.Action && CompilationText.Mentions(compilation, "AddNewtonsoftJson");

    private static bool IsUsedAsJson(string type, Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.ToString();
            if (text.IndexOf(type, StringComparison.Ordinal) >= 0 && Array.Exists(OtherUses, use => text.IndexOf(use, StringComparison.Ordinal) >= 0))
                return true;
        }

        return false;
    }
}
