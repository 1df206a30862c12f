using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What happens when a context saves and does not happen when rows are changed by <c>ExecuteUpdate</c> or <c>ExecuteDelete</c>.</summary>
public static class SaveHooks
{
    private static readonly TreeWords Hooks = new("SaveChangesInterceptor", "SavingChanges", "SavedChanges", "ChangeTracker.StateChanged", "ChangeTracker.Tracked", "UseTriggers");

    private static readonly TreeWords Interceptors = new("AddInterceptors");

    private static readonly TreeWords ClientCascades = new("DeleteBehavior.Client", "CascadeTiming", "DeleteOrphansTiming");

    private static readonly TreeWords Tokens = new("IsConcurrencyToken", "IsRowVersion", "UseXmin");

    private static readonly ConditionalWeakTable<BackendModel, object> Known = new();

    /// <summary>True where saving this context runs code of the application: an override, an event, an interceptor.</summary>
    public static bool RunOnSave(ITypeSymbol context, BackendModel model)
    {
        for (ITypeSymbol? type = context; type is not null && !SymbolEqualityComparer.Default.Equals(type, model.Libraries.EntityFrameworkCore?.DbContext); type = type.BaseType)
        {
            if (type.GetMembers("SaveChanges").Concat(type.GetMembers("SaveChangesAsync")).Any(static member => member.IsOverride))
                return true;
        }

        return (bool)Known.GetValue(model, static m => m.Compilation.SyntaxTrees.Any(tree => Hooks.AnyIn(tree, CancellationToken.None) || AddsInterceptor(tree, m)));
    }

    /// <summary>An interceptor of commands or connections does not see a save; one of which only the interface is known may.</summary>
    private static bool AddsInterceptor(SyntaxTree tree, BackendModel model)
    {
        if (!Interceptors.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
            return false;
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddInterceptors" } } call)
                continue;
            foreach (var argument in call.ArgumentList.Arguments)
            {
                var type = semantics.GetTypeInfo(argument.Expression).Type;
                type = type.ElementTypeOfSequence() ?? type;
                if (type is not { TypeKind: TypeKind.Class } || type.AllInterfaces.Any(static contract => contract.Name is "ISaveChangesInterceptor"))
                    return true;
            }
        }

        return false;
    }

    /// <summary>True where EF Core itself deletes or unlinks the rows that depend on a deleted one.</summary>
    public static bool CascadeOnClient(BackendModel model) => model.Compilation.SyntaxTrees.Any(static tree => ClientCascades.AnyIn(tree, CancellationToken.None));

    /// <summary>True where saving a row of this entity checks that nobody else has changed it, as far as attributes and configuration in source say.</summary>
    public static bool CheckConcurrency(EntityType entity, BackendModel model)
    {
        foreach (var member in entity.Members)
        {
            if (member.Property.HasAttribute("ConcurrencyCheckAttribute", "System.ComponentModel.DataAnnotations") || member.Property.HasAttribute("TimestampAttribute", "System.ComponentModel.DataAnnotations"))
                return true;
        }

        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (Tokens.AnyIn(tree, CancellationToken.None) && MentionsTokenOf(entity.Symbol.Name, tree.GetRoot()))
                return true;
        }

        return false;
    }

    /// <summary>A token is of the entity that the configuration around it names; where it names none, of any.</summary>
    private static bool MentionsTokenOf(string entity, SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: "IsConcurrencyToken" or "IsRowVersion" or "UseXminAsConcurrencyToken" })
                continue;
            var owner = node.Ancestors().SelectMany(NamedBy).FirstOrDefault();
            if (owner is null || owner == entity)
                return true;
        }

        return false;
    }

    private static IEnumerable<string> NamedBy(SyntaxNode ancestor)
    {
        IEnumerable<GenericNameSyntax> names = ancestor switch
        {
            InvocationExpressionSyntax call => call.Expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>().Where(static name => name.Identifier.ValueText is "Entity"),
            TypeDeclarationSyntax { BaseList: { } bases } => bases.DescendantNodes().OfType<GenericNameSyntax>().Where(static name => name.Identifier.ValueText is "IEntityTypeConfiguration"),
            _ => [],
        };
        return names.Select(static name => name.TypeArgumentList.Arguments[0].ToString().Split('.').Last());
    }
}
