using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Authorization that code does itself: it looks at the caller, asks a service that is named so, compares a signature, answers 401 or 403.</summary>
public sealed class SourceChecks
{
    private readonly AspNetCore _aspNetCore;
    private readonly CalledChecks _called;
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    internal SourceChecks(BackendModel model, AspNetCore aspNetCore)
    {
        _aspNetCore = aspNetCore;
        _called = new CalledChecks(model, aspNetCore);
    }

    /// <summary>True where the body of a method, or what it calls, may authorize its caller, and where it cannot be read.</summary>
    public bool MayAuthorize(IMethodSymbol method) =>
        _known.TryGetValue(method, out var known) ? known : _known.GetOrAdd(method, Read(method));

    /// <summary>True where a lambda, or what it calls, may authorize its caller.</summary>
    public bool MayAuthorize(IAnonymousFunctionOperation lambda) =>
        new SourceCheckSearch(lambda.Symbol.ContainingType, _aspNetCore).Finds(lambda.Syntax) || _called.AreBehind(lambda.Syntax);

    private bool Read(IMethodSymbol method) =>
        new SourceCheckSearch(method.ContainingType, _aspNetCore).Finds(method)
        || method.DeclaringSyntaxReferences.Any(reference => _called.AreBehind(reference.GetSyntax()));
}
