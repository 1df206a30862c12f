using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Services;

/// <summary>Which types are units of work: their public members hand out repositories, or they are named so and save.</summary>
internal sealed class UnitsOfWork(Func<ITypeSymbol, bool> isNamedRepository)
{
    private const string Name = "UnitOfWork";

    /// <summary>True for a unit of work. Nothing is asked about the types that it hands out but their names.</summary>
    public bool Contain(INamedTypeSymbol type)
    {
        var members = 0;
        var repositories = 0;
        var saves = 0;
        var savesChanges = false;
        foreach (var member in type.AllInterfaces.Where(_ => type.TypeKind is TypeKind.Interface).SelectMany(static contract => contract.GetMembers()).Concat(type.GetMembers()))
        {
            if (member is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false } || member is not (IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }))
                continue;
            if (member.Name is "Dispose" or "DisposeAsync")
                continue;
            members++;
            if (member is IPropertySymbol property ? isNamedRepository(property.Type) : isNamedRepository(((IMethodSymbol)member).ReturnType))
            {
                repositories++;
            }
            else if (member is IMethodSymbol && IsSave(member.Name))
            {
                saves++;
                savesChanges |= member.Name.StartsWith("SaveChanges", StringComparison.Ordinal);
            }
        }

        var isNamed = type.Name.IndexOf(Name, StringComparison.Ordinal) >= 0;
        return (repositories > 0 && (isNamed || repositories * 2 > members - saves))
            || (isNamed && saves > 0)
            || (savesChanges && saves == members);
    }

    private static bool IsSave(string name) =>
        name.StartsWith("Save", StringComparison.Ordinal) || name.StartsWith("Commit", StringComparison.Ordinal) || name.StartsWith("Complete", StringComparison.Ordinal)
        || name.StartsWith("Rollback", StringComparison.Ordinal) || name.StartsWith("Begin", StringComparison.Ordinal) || name is "HasChanges";
}
