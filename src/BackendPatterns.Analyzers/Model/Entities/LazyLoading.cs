using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Whether reading a navigation that is not loaded runs a query.</summary>
public enum LazyLoadingState
{
    /// <summary>It may: whoever configures the context decides, and that code is not here.</summary>
    Unknown,

    /// <summary>It does.</summary>
    On,

    /// <summary>It does not: the navigation is null or empty.</summary>
    Off,
}

/// <summary>
/// Lazy loading by navigation and context (https://learn.microsoft.com/ef/core/querying/related-data/lazy): through proxies, which need a navigation that can be
/// overridden, or through a loader that the getter calls.
/// </summary>
public sealed class LazyLoading
{
    private readonly BackendModel _model;
    private readonly Lazy<LazyLoadingProxies> _proxies;
    private readonly ConcurrentDictionary<IPropertySymbol, Getter> _getters = new(SymbolEqualityComparer.Default);

    internal LazyLoading(BackendModel model)
    {
        _model = model;
        _proxies = BackendModel.Once(() => LazyLoadingProxies.In(model));
    }

    private enum Getter
    {
        Unknown,
        Plain,
        Loads,
    }

    /// <summary>Returns whether a navigation is loaded when it is read.</summary>
    /// <param name="navigation">The property.</param>
    /// <param name="context">The type of the context, or null where it is not known.</param>
    public LazyLoadingState Of(IPropertySymbol navigation, ITypeSymbol? context)
    {
        switch (_getters.GetOrAdd(navigation.OriginalDefinition, GetterOf))
        {
            case Getter.Loads:
                return LazyLoadingState.On;
            case Getter.Plain:
                var canBeOverridden = (navigation.IsVirtual || navigation is { IsOverride: true, IsSealed: false }) && !navigation.ContainingType.IsSealed;
                return canBeOverridden ? _proxies.Value.StateOf(context) : LazyLoadingState.Off;
            default:
                return LazyLoadingState.Unknown;
        }
    }

    private Getter GetterOf(IPropertySymbol navigation)
    {
        if (navigation.GetMethod is not { } getter)
            return Getter.Unknown;
        if (getter.DeclaringSyntaxReferences is not [var declaration, ..])
            return getter.HasAttribute("CompilerGeneratedAttribute", "System.Runtime.CompilerServices") ? Getter.Plain : Getter.Unknown;
        if (declaration.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } or ParameterSyntax)
            return Getter.Plain;
        if (_model.BodyOf(getter) is not { } body)
            return Getter.Unknown;
        var isPlain = true;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && IsLoad(call))
                return Getter.Loads;
            isPlain &= operation is not IInvocationOperation;
        }

        return isPlain ? Getter.Plain : Getter.Unknown;
    }

    /// <summary>
    /// <c>LazyLoader.Load(this, ref _posts)</c>, on the injected service or on the delegate that it is injected as.
    /// </summary>
    private static bool IsLoad(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Load" or "Invoke"))
            return false;
        var loader = call.Receiver()?.Unwrap().Type;
        return loader is { Name: "ILazyLoader" } ? loader.IsIn("Microsoft.EntityFrameworkCore.Infrastructure") : IsLoaderDelegate(loader);
    }

    private static bool IsLoaderDelegate(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Action", TypeArguments: [{ SpecialType: SpecialType.System_Object }, { SpecialType: SpecialType.System_String }] } && type.IsIn("System");
}
