using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Questions about types. Generic types are compared by their definition, so <c>DbSet&lt;&gt;</c> matches <c>DbSet&lt;Order&gt;</c>.</summary>
public static class TypeExtensions
{
    /// <summary>Returns the type of what a local, a parameter, a field or a property holds; null for any other symbol.</summary>
    public static ITypeSymbol? HeldType(this ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>True where the type is <paramref name="baseType"/> or inherits it; a type parameter is asked through its constraints. False for null.</summary>
    public static bool IsOrDerivesFrom(this ITypeSymbol? type, INamedTypeSymbol? baseType)
    {
        if (baseType is null)
            return false;
        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                if (constraint is not ITypeParameterSymbol && constraint.IsOrDerivesFrom(baseType))
                    return true;
            }

            return false;
        }

        // Asked more often than anything else; the answer is no, and the names tell.
        var name = baseType.Name;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == name && SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, baseType.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>True for <c>System.Exception</c> and what inherits it. False for null.</summary>
    public static bool IsException(this ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception" } && current.IsIn("System"))
                return true;
        }

        return false;
    }

    /// <summary>True for the exceptions that cancellation throws, by name. False for null.</summary>
    public static bool IsCancellation(this ITypeSymbol? type) => type is { Name: "OperationCanceledException" or "TaskCanceledException" };

    /// <summary>True where the type is the interface <paramref name="contract"/> or implements it; a type parameter is asked through its constraints. False for null.</summary>
    public static bool IsOrImplements(this ITypeSymbol? type, INamedTypeSymbol? contract)
    {
        if (type is null || contract is null)
            return false;
        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                if (constraint is not ITypeParameterSymbol && constraint.IsOrImplements(contract))
                    return true;
            }

            return false;
        }

        var name = contract.Name;
        if (type.Name == name && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, contract.OriginalDefinition))
            return true;
        foreach (var candidate in type.AllInterfaces)
        {
            if (candidate.Name == name && SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, contract.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>Returns <c>T</c> of the sequence <c>IEnumerable&lt;T&gt;</c> or <c>IAsyncEnumerable&lt;T&gt;</c> that a type is or implements, or null where it is none. A string is no sequence.</summary>
    public static ITypeSymbol? ElementTypeOfSequence(this ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_String })
            return null;
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (type is INamedTypeSymbol itself && IsSequence(itself))
            return itself.TypeArguments[0];
        foreach (var contract in type.AllInterfaces)
        {
            if (IsSequence(contract))
                return contract.TypeArguments[0];
        }

        return null;
    }

    private static bool IsSequence(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
        || (type is { Name: "IAsyncEnumerable", Arity: 1 } && type.ContainingNamespace.Is("System.Collections.Generic"));

    /// <summary>Returns <c>T</c> for <c>Task&lt;T&gt;</c> and <c>ValueTask&lt;T&gt;</c>, and the type itself for anything else.</summary>
    public static ITypeSymbol UnwrapTask(this ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "Task" or "ValueTask" } task && task.ContainingNamespace.Is("System.Threading.Tasks") ? task.TypeArguments[0] : type;

    /// <summary>True for <c>Task</c>, <c>ValueTask</c> and their generic forms.</summary>
    public static bool IsTask(this ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" } task && task.ContainingNamespace.Is("System.Threading.Tasks");

    /// <summary>Returns all types in a namespace and the namespaces below it, with those nested in them.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(this INamespaceSymbol space)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(space);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is INamedTypeSymbol type)
            {
                yield return type;
                // Those alone: the compiler makes all other members of a type at the first question for one of them.
                foreach (var nested in type.GetTypeMembers())
                    pending.Push(nested);
                continue;
            }

            foreach (var member in current.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                    pending.Push(inner);
            }
        }
    }

    /// <summary>True where the namespace has exactly this full name, given with dots.</summary>
    public static bool Is(this INamespaceSymbol? space, string fullName)
    {
        var end = fullName.Length;
        while (space is { IsGlobalNamespace: false })
        {
            var name = space.Name;
            var start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, name, 0, name.Length) != 0)
                return false;
            space = space.ContainingNamespace;
            if (start == 0)
                return space is null or { IsGlobalNamespace: true };
            if (fullName[start - 1] != '.')
                return false;
            end = start - 1;
        }

        return end == 0;
    }

    /// <summary>True for a symbol that is declared in the namespace with this full name.</summary>
    public static bool IsIn(this ISymbol symbol, string fullName) => symbol.ContainingNamespace.Is(fullName);

    /// <summary>True for the namespace with this full name and for every namespace below it.</summary>
    public static bool IsBelow(this INamespaceSymbol? space, string fullName)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Is(fullName))
                return true;
        }

        return false;
    }
}
