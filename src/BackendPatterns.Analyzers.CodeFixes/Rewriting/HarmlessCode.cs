using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Whether code can change what a read answers; code that cannot be looked into counts as code that can.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="verdict">The answer for the calls that the caller knows better; null for all others.</param>
/// <param name="cancellationToken">Ends the search.</param>
public sealed class HarmlessCode(BackendModel model, Func<IInvocationOperation, bool?> verdict, CancellationToken cancellationToken)
{
    private const int MostBodies = 30;

    private readonly HashSet<IMethodSymbol> _read = new(SymbolEqualityComparer.Default);

    /// <summary>True where nothing in the region, and in the methods it calls, can change the answer.</summary>
    public bool Is(IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isHarmless = operation switch
            {
                IInvocationOperation call => verdict(call) ?? IsHarmlessCall(call),
                IObjectCreationOperation { Constructor: { DeclaringSyntaxReferences.IsEmpty: false } constructor } => !MakesCalls(constructor),
                IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation => false,
                _ => true,
            };
            if (!isHarmless)
                return false;
        }

        return true;
    }

    /// <summary>True for a constructor whose block calls something.</summary>
    public static bool MakesCalls(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(static reference =>
            reference.GetSyntax() is ConstructorDeclarationSyntax { Body: { } body } && body.DescendantNodes().Any(static node => node is InvocationExpressionSyntax));

    /// <summary>True for a method whose own body is what runs when it is called.</summary>
    public static bool IsReadable(IMethodSymbol method) =>
        method is { IsAbstract: false, IsExtern: false } && (method.IsSealed || method.ContainingType.IsSealed || !(method.IsVirtual || method.IsOverride))
        && method.ContainingType.TypeKind is not TypeKind.Interface;

    private bool IsHarmlessCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return false;
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return IsKnownHarmless(method.ContainingNamespace);
        return IsReadable(method) && _read.Count < MostBodies
            && (!_read.Add(method) || (model.BodyOf(method, cancellationToken) is { } body && Is(body)));
    }

    private static bool IsKnownHarmless(INamespaceSymbol space) =>
        (space.IsBelow("System") && !space.IsBelow("System.Data") && !space.IsBelow("System.Net")) || space.IsBelow("Microsoft.Extensions.Logging");
}
