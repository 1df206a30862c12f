using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>The id of the route and the id in the body of a request, which nothing connects; the analyzer and its fix ask the same question.</summary>
/// <param name="Route">The parameter from the route.</param>
/// <param name="Body">The parameter from the body.</param>
/// <param name="Property">The id in the body.</param>
/// <param name="Use">Where the id of the body counts: it is read, or the body is stored.</param>
public sealed record BP3003TwoIds(IParameterSymbol Route, IParameterSymbol Body, IPropertySymbol Property, IOperation Use)
{
    private const int MostCalls = 3;
    private const int MostOperations = 20_000;

    private static readonly HashSet<string> Stores = new(StringComparer.Ordinal) { "Update", "Attach", "Entry", "Add", "AddAsync" };

    /// <summary>Returns the two ids of a handler, or null where there are none, where something connects them, where the one of the body is never read, or where that is not known.</summary>
    public static BP3003TwoIds? Of(IMethodSymbol method, IOperation body, BackendModel model, CancellationToken cancellation)
    {
        foreach (var request in method.Parameters)
        {
            if (!MayBeBody(request))
                continue;
            foreach (var route in method.Parameters)
            {
                if (!SymbolEqualityComparer.Default.Equals(route, request) && IdOf(request.Type, route) is { } property
                    && UseOf(property, request, body, model, calls: 0, cancellation) is { IsConnected: false, Use: { } use })
                {
                    return new BP3003TwoIds(route, request, property, use);
                }
            }
        }

        return null;
    }

    private static bool MayBeBody(IParameterSymbol parameter)
    {
        if (parameter.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false } || parameter.Type.TypeKind is TypeKind.Enum)
            return false;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "FromQueryAttribute" or "FromRouteAttribute" or "FromServicesAttribute" or "FromKeyedServicesAttribute" or "FromHeaderAttribute" or "AsParametersAttribute" or "ModelBinderAttribute")
                return false;
        }

        return true;
    }

    /// <summary>The property that is called like the parameter of the route, or <c>Id</c> for <c>id</c>, and has its type.</summary>
    private static IPropertySymbol? IdOf(ITypeSymbol request, IParameterSymbol route)
    {
        if (!route.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || route.Type.TypeKind is TypeKind.Class && route.Type.SpecialType is not SpecialType.System_String)
            return null;
        return Find(request, route, property => string.Equals(property.Name, route.Name, StringComparison.OrdinalIgnoreCase))
               ?? Find(request, route, property => property.Name is "Id" && IsIdOf(route.Name, request.Name));
    }

    private static IPropertySymbol? Find(ITypeSymbol request, IParameterSymbol route, Func<IPropertySymbol, bool> isNamedSo)
    {
        for (var type = request; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, SetMethod: { DeclaredAccessibility: Accessibility.Public } } property && isNamedSo(property)
                    && SymbolEqualityComparer.Default.Equals(WithoutNull(property.Type), WithoutNull(route.Type)) && !IsIgnored(property))
                {
                    return property;
                }
            }
        }

        return null;
    }

    private static bool IsIdOf(string route, string request)
    {
        var words = NameWords.Of(route);
        return words.Length == 1 || (words.Length == 2 && NameWords.Of(request).Contains(words[0]));
    }

    private static bool IsIgnored(IPropertySymbol property) =>
        property.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "BindNeverAttribute" or "FromRouteAttribute" or "ReadOnlyAttribute");

    private static ITypeSymbol WithoutNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type.WithNullableAnnotation(NullableAnnotation.None);

    /// <summary>
    /// Looks at what a method does with the request. Connected: the id is assigned, compared, or goes where nobody can see what becomes of it. The use is the first place where it counts.
    /// </summary>
    private static (bool IsConnected, IOperation? Use) UseOf(IPropertySymbol id, IParameterSymbol request, IOperation body, BackendModel model, int calls, CancellationToken cancellation)
    {
        IOperation? use = null;
        var visited = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (++visited > MostOperations)
                return (true, null);
            if (operation is not IParameterReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Parameter, request))
                continue;
            var value = reference.WalkUpValue();
            switch (value.Parent)
            {
                case IPropertyReferenceOperation property when SymbolEqualityComparer.Default.Equals(property.Property.OriginalDefinition, id.OriginalDefinition):
                    if (property.IsWritten() || IsCompared(property, body))
                        return (true, null);
                    use ??= property;
                    break;
                case IMemberReferenceOperation:
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    var (isConnected, isUsed) = PassedTo(call, argument, id, model, calls, cancellation);
                    if (isConnected)
                        return (true, null);
                    use = isUsed ? use ?? call : use;
                    break;
                case IIsPatternOperation or IBinaryOperation:
                    break;
                default:
                    return (true, null);
            }
        }

        return (false, use);
    }

    private static (bool IsConnected, bool IsUsed) PassedTo(IInvocationOperation call, IArgumentOperation argument, IPropertySymbol id, BackendModel model, int calls, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        if (Stores.Contains(method.Name) && model.Libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbSet(call.Instance?.Type) || entityFramework.IsDbContext(call.Instance?.Type)))
            return (false, true);
        if (method.Name is "ThrowIfNull" || method.ContainingNamespace.IsBelow("Microsoft.Extensions.Logging"))
            return (false, false);
        if (calls >= MostCalls || argument.Parameter is not { } parameter || model.Calls.BodiesOf(method, cancellation) is not [var target] || target.Parameters.Length <= parameter.Ordinal
            || model.BodyOf(target, cancellation) is not { } body)
        {
            return (true, false);
        }

        var (isConnected, use) = UseOf(id, target.Parameters[parameter.Ordinal], body, model, calls + 1, cancellation);
        return (isConnected, use is not null);
    }

    private static bool IsCompared(IOperation property, IOperation body)
    {
        var value = property.WalkUpValue();
        // In a query, the id of the body chooses the row.
        for (var current = value.Parent; current is not null && !ReferenceEquals(current, body); current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation)
                return false;
        }

        return value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => !IsConstant(comparison.LeftOperand) && !IsConstant(comparison.RightOperand),
            IInvocationOperation { TargetMethod.Name: "Equals" } => true,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Equals" or "Compare" } } => true,
            _ => false,
        };
    }

    private static bool IsConstant(IOperation operand) => operand.Unwrap() is IDefaultValueOperation or { ConstantValue.HasValue: true } or IFieldReferenceOperation { Field.Name: "Empty" };
}
