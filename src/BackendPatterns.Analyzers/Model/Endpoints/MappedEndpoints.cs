using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Endpoints of minimal APIs: what <c>MapGet</c>, <c>MapPost</c> and their like map, and <c>Map</c>, which answers every method.</summary>
internal sealed class MappedEndpoints(AspNetCore aspNetCore, RouteBuilders builders, AuthorizationAttributes attributes)
{
    private const HttpVerbs Every = HttpVerbs.Get | HttpVerbs.Head | HttpVerbs.Options | HttpVerbs.Post | HttpVerbs.Put | HttpVerbs.Patch | HttpVerbs.Delete | HttpVerbs.Other;

    /// <summary>What the text of a file has that maps such an endpoint.</summary>
    public static readonly TreeWords Calls = new(".MapGet", ".MapPost", ".MapPut", ".MapPatch", ".MapDelete", ".MapMethods", ".Map(");

    /// <summary>The names of the methods that map such an endpoint.</summary>
    internal static readonly MentionedNames Names = new("Map", "MapGet", "MapPost", "MapPut", "MapPatch", "MapDelete", "MapMethods");

    /// <summary>True for a call of <c>Map</c> and <c>MapGet/Post/Put/Patch/Delete/Methods</c> of endpoint routing.</summary>
    public bool Contain(IInvocationOperation call) =>
        IsMapName(call.TargetMethod.Name)
        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, aspNetCore.EndpointRouteBuilderExtensions);

    /// <summary>True for the names of these methods.</summary>
    public static bool IsMapName(string name) => Names.Contain(name);

    /// <summary>Returns the HTTP methods that a call maps; unknown where <c>MapMethods</c> gets them from a value that is not constant.</summary>
    public static HttpVerbs VerbsOf(IInvocationOperation call) =>
        call.TargetMethod.Name switch
        {
            "Map" => Every,
            "MapMethods" => Constants(call.Argument("httpMethods")),
            var name => HttpVerbsExtensions.Named(name.Substring("Map".Length)),
        };

    /// <summary>Returns the lambda or method reference that a call maps, or null where it is another value.</summary>
    public static IOperation? HandlerOf(IInvocationOperation call) =>
        (call.Argument("handler") ?? call.Argument("requestDelegate"))?.Unwrap() is IAnonymousFunctionOperation or IMethodReferenceOperation
            ? (call.Argument("handler") ?? call.Argument("requestDelegate"))!.Unwrap()
            : null;

    /// <summary>Returns the symbol of the lambda or method that a call maps, or null where it maps another value.</summary>
    public static IMethodSymbol? FunctionOf(IInvocationOperation call) => HandlerOf(call) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    /// <summary>Returns the body of the lambda or method that a call maps, or null where it maps another value or the body is not in this compilation.</summary>
    public static IOperation? BodyOf(IInvocationOperation call, BackendModel model, CancellationToken cancellation = default) => HandlerOf(call) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Body,
        IMethodReferenceOperation reference => model.BodyOf(reference.Method, cancellation),
        _ => null,
    };

    /// <summary>Returns the endpoint that a call maps.</summary>
    public Endpoint EndpointOf(IInvocationOperation call)
    {
        var group = call.Receiver() is { } receiver ? builders.Of(receiver) : RouteBuilder.Unknown;
        var handler = FunctionOf(call);
        var stance = group.Stance
            .And(handler is null ? AuthorizationStance.Unknown : attributes.On(handler))
            .And(builders.ConventionsOn(call));
        var pattern = PatternOf(call);
        var route = pattern is null || group.Prefix is null ? null : group.Prefix.TrimEnd('/') + "/" + pattern.TrimStart('/');
        return new Endpoint(
            EndpointKind.Mapped,
            pattern is null ? call.TargetMethod.Name : $"{call.TargetMethod.Name} {route ?? pattern}",
            handler,
            VerbsOf(call),
            route,
            stance,
            NameLocationOf(call),
            WordsOf(call, pattern, group.Prefix, handler));
    }

    /// <summary>Returns the place of the <c>Map…</c> name in a call.</summary>
    public static Location NameLocationOf(IInvocationOperation call) => (call.Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.GetLocation(),
        MemberBindingExpressionSyntax member => member.Name.GetLocation(),
        _ => call.Syntax.GetLocation(),
    };

    private static ImmutableArray<ImmutableArray<string>> WordsOf(IInvocationOperation call, string? pattern, string? prefix, IMethodSymbol? handler)
    {
        var words = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        EndpointNames.AddSegments(pattern, words);
        EndpointNames.AddSegments(prefix, words);
        if (pattern is null && call.Argument("pattern") is { } written)
            words.Add(NameWords.Of(written.Syntax.ToString()));
        if (handler is { MethodKind: not MethodKind.AnonymousFunction })
            words.Add(NameWords.Of(handler.Name));
        return words.ToImmutable();
    }

    private static string? PatternOf(IInvocationOperation call) =>
        call.Argument("pattern")?.Unwrap().ConstantValue is { HasValue: true, Value: string pattern } ? pattern : null;

    private static HttpVerbs Constants(IOperation? methods)
    {
        var verbs = HttpVerbs.Unknown;
        if (methods is null)
            return verbs;
        foreach (var value in ElementsOf(methods))
        {
            var name = value.Unwrap() switch
            {
                { ConstantValue: { HasValue: true, Value: string constant } } => constant,
                IFieldReferenceOperation { Field: { ContainingType.Name: "HttpMethods" } field } => field.Name,
                _ => null,
            };
            if (name is null)
                return HttpVerbs.Unknown;
            verbs |= HttpVerbsExtensions.Named(name);
        }

        return verbs;
    }

    // Collection expressions have no operation of their own in Roslyn 4.8; their elements are bound one by one.
    private static IEnumerable<IOperation> ElementsOf(IOperation methods)
    {
        if (methods.Unwrap() is IArrayCreationOperation { Initializer.ElementValues: var values })
            return values;
        if (methods.Syntax is not CollectionExpressionSyntax collection || methods.SemanticModel is not { } semantics)
            return [methods];
        return collection.Elements.OfType<ExpressionElementSyntax>().Select(element => semantics.GetOperation(element.Expression) ?? methods);
    }
}
