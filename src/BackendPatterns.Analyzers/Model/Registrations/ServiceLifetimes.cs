using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>Which services live as long as the application, by the registrations in this compilation.</summary>
public sealed class ServiceLifetimes
{
    private static readonly TreeWords Hints = new("AddSingleton", "AddKeyedSingleton", "AddHostedService", "SingleInstance", "ServiceLifetime.Singleton", "ServiceDescriptor.Singleton");

    private readonly BackendModel _model;
    private readonly Lazy<HashSet<ISymbol>> _singletons;

    internal ServiceLifetimes(BackendModel model)
    {
        _model = model;
        _singletons = BackendModel.Once(Find);
    }

    /// <summary>True for a type that is registered as singleton or hosted service, as service or as implementation. False also where its registration is not visible.</summary>
    public bool AreSingletons(ITypeSymbol? type) => type is not null && _singletons.Value.Contains(type.OriginalDefinition);

    private HashSet<ISymbol> Find()
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax call && RegistersSingleton(call))
                    AddTypesOf(call, semantics, found);
            }
        }

        return found;
    }

    private static bool RegistersSingleton(InvocationExpressionSyntax call)
    {
        var name = (call.MemberName() as SimpleNameSyntax)?.Identifier.ValueText;
        return name is "AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton" or "TryAddKeyedSingleton" or "AddHostedService" or "SingleInstance" or "Singleton"
            || (name is not null && name.StartsWith("Add", StringComparison.Ordinal) && call.ArgumentList.Arguments.Any(static argument => argument.ToString().Contains("ServiceLifetime.Singleton")));
    }

    /// <summary>Every type that the call, or for Autofac's <c>RegisterType&lt;T&gt;().As&lt;I&gt;().SingleInstance()</c> one of the chain before it, names.</summary>
    private static void AddTypesOf(InvocationExpressionSyntax call, SemanticModel semantics, HashSet<ISymbol> found)
    {
        for (var current = call; current is not null; current = ((current.Expression as MemberAccessExpressionSyntax)?.Expression as InvocationExpressionSyntax))
        {
            if (semantics.GetSymbolInfo(current).Symbol is IMethodSymbol method)
            {
                foreach (var argument in method.TypeArguments)
                    found.Add(argument.OriginalDefinition);
            }

            foreach (var argument in current.ArgumentList.Arguments)
            {
                if (argument.Expression is TypeOfExpressionSyntax type && semantics.GetTypeInfo(type.Type).Type is { } named)
                    found.Add(named.OriginalDefinition);
                else if (argument.Expression is LambdaExpressionSyntax { ExpressionBody: BaseObjectCreationExpressionSyntax creation } && semantics.GetTypeInfo(creation).Type is { } made)
                    found.Add(made.OriginalDefinition);
            }

            if ((call.MemberName() as SimpleNameSyntax)?.Identifier.ValueText != "SingleInstance")
                return;
        }
    }
}
