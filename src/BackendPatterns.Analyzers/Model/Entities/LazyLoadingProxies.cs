using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>For which contexts <c>UseLazyLoadingProxies</c> is called in this compilation.</summary>
internal sealed class LazyLoadingProxies
{
    private const string UseProxies = "UseLazyLoadingProxies";
    private const string Switch = "LazyLoadingEnabled";

    private static readonly TreeWords Hints = new(UseProxies, Switch, "AddDbContext", "AddPooledDbContextFactory", "OnConfiguring");

    private readonly BackendModel _model;
    private readonly ContextHosts _hosts;
    private readonly List<ITypeSymbol> _with = [];
    private readonly HashSet<ITypeSymbol> _configured = new(SymbolEqualityComparer.Default);
    private bool _isAnyUnknown;

    private LazyLoadingProxies(BackendModel model)
    {
        _model = model;
        _hosts = new ContextHosts(model);
    }

    public static LazyLoadingProxies In(BackendModel model)
    {
        var proxies = new LazyLoadingProxies(model);
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Hints.AnyIn(tree, CancellationToken.None) && model.SemanticModelOf(tree) is { } semantics)
                proxies.Add(tree.GetRoot(), semantics);
        }

        return proxies;
    }

    /// <summary>Returns what is known for a context, or for whichever context it is where the type is null.</summary>
    public LazyLoadingState StateOf(ITypeSymbol? context)
    {
        if (_isAnyUnknown)
            return LazyLoadingState.Unknown;
        if (context is null)
            return _with.Count == 0 && IsApplication && !HasProxies ? LazyLoadingState.Off : LazyLoadingState.Unknown;
        foreach (var with in _with)
        {
            if (IsSameOrRelated(context, with))
                return LazyLoadingState.On;
        }

        return _configured.Contains(context) || (IsApplication && !HasProxies) ? LazyLoadingState.Off : LazyLoadingState.Unknown;
    }

    /// <summary>An application sees every package that the code it runs was built with.</summary>
    private bool IsApplication => _model.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;

    private bool HasProxies => _model.Compilation.FindType("Microsoft.EntityFrameworkCore.ProxiesExtensions") is not null;

    private static bool IsSameOrRelated(ITypeSymbol context, ITypeSymbol with) =>
        context.IsOrDerivesFrom(with as INamedTypeSymbol) || with.IsOrDerivesFrom(context as INamedTypeSymbol);

    private void Add(SyntaxNode root, SemanticModel semantics)
    {
        foreach (var name in root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            switch (name.Identifier.ValueText)
            {
                case UseProxies:
                    AddProxies(name, semantics);
                    break;
                // Whoever switches it off at run time decides for more than this place.
                case Switch:
                    _isAnyUnknown = true;
                    break;
                case "AddDbContext" or "AddDbContextPool" or "AddDbContextFactory" or "AddPooledDbContextFactory":
                    _configured.UnionWith(_hosts.NamedBy(name, semantics));
                    break;
            }
        }

        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (method.Identifier.ValueText is "OnConfiguring" && semantics.GetDeclaredSymbol(method) is { ContainingType: { } context })
                _configured.Add(context);
        }
    }

    private void AddProxies(SimpleNameSyntax name, SemanticModel semantics)
    {
        if (name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
            return;
        if (call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.ValueText: "false" } }])
            return;
        var hosts = _hosts.Of(call, semantics);
        if (hosts.Count == 0 || call.ArgumentList.Arguments is [{ Expression: not (LiteralExpressionSyntax or LambdaExpressionSyntax) }])
            _isAnyUnknown = true;
        _with.AddRange(hosts);
    }
}
