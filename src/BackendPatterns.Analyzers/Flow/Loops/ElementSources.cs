using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Which values are a source of their own, and which hold nothing that a flow could follow.</summary>
internal static class ElementSources
{
    private static readonly HashSet<string> TakingMembers = new(StringComparer.Ordinal)
    {
        "Dequeue", "TryDequeue", "Pop", "TryPop", "Take", "TryTake", "TryRead", "ReadAsync", "ReadLine", "ReadLineAsync", "Read",
        "RandomElement", "NewGuid",
    };

    /// <summary>True for an operation that takes the next item from a queue, reader or enumerator.</summary>
    public static bool TakesAnItem(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { } method, Instance: { } instance } =>
            (TakingMembers.Contains(method.Name) && !method.ContainingType.IsIn("System.Linq")) || IsDataRecord(instance.Type),
        IPropertyReferenceOperation { Property: { Name: "Current" } } => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } type } => IsDataRecord(type),
        _ => false,
    };

    /// <summary>True for an operation below which nothing is followed.</summary>
    public static bool CarriesNothing(IOperation operation, KnownLibraries libraries) => operation switch
    {
        INameOfOperation or ITypeOfOperation => true,
        IDefaultValueOperation or ILiteralOperation => true,
        _ => operation.Type is { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } type && IsAmbient(type, libraries),
    };

    /// <summary>True for a database context, connection or service provider: through it everything would depend on everything.</summary>
    public static bool IsAmbient(ITypeSymbol type, KnownLibraries libraries) =>
        type.Name is "IServiceProvider" or "IServiceScope" or "AsyncServiceScope" or "ILogger" or "CancellationToken"
            or "HttpClient" or "HttpMessageInvoker" or "IDatabase" or "IDatabaseAsync" or "IDistributedCache" or "HybridCache"
        || libraries.EntityFrameworkCore?.IsDbContext(type) == true
        || libraries.AdoNet?.IsConnection(type) == true;

    /// <summary>True for a call that can put its arguments into the object that it is made on; <c>row.Name.Equals(text)</c> cannot.</summary>
    public static bool CanFill(IInvocationOperation call) =>
        call.Instance?.Type is { SpecialType: not SpecialType.System_String } type && (!type.IsValueType || call.Instance is ILocalReferenceOperation)
        && call.TargetMethod.Name is not ("Equals" or "CompareTo" or "ToString" or "Contains");

    /// <summary>
    /// True for a key or a name that the object of a method holds (a field, a property, a parameter of its primary constructor), or that of a row that it holds
    /// (<c>_order.Id</c>): not how it is configured.
    /// </summary>
    public static bool IsOwnState(IOperation operation, IMethodSymbol method)
    {
        var isHeld = operation switch
        {
            IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } => !SymbolEqualityComparer.Default.Equals(constructor, method),
            IMethodReferenceOperation => false,
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation } => true,
            _ => false,
        };
        return isHeld && operation.Type is { } type
               && (IsScalar(type)
                   || (type is { TypeKind: TypeKind.Class or TypeKind.Struct } && operation.Parent is IMemberReferenceOperation { Type: { } part } && IsScalar(part) && !IsConfiguration(type)));
    }

    private static bool IsConfiguration(ITypeSymbol type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal) || type.Name.EndsWith("Configuration", StringComparison.Ordinal);

    /// <summary>A key, a name, a date: what an object knows of itself, not whom it works with.</summary>
    public static bool IsScalar(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime
        || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" }
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsScalar(inner));

    private static bool IsDataRecord(ITypeSymbol? type) => type is { Name: "DbDataReader" or "IDataReader" or "IDataRecord" } || type?.BaseType is { Name: "DbDataReader" };
}
