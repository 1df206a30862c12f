using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Values of the endpoint that can be computed before the code around them runs, and handed over: <c>User.GetUserId()</c>, <c>_pageSize</c>, <c>HttpContext.RequestAborted</c>.</summary>
internal static class EndpointValue
{
    private const int LongestStep = 200;

    /// <summary>Returns the widest such expression that starts with a name, or null where there is none.</summary>
    public static ExpressionSyntax? Around(SyntaxNode name, SplitScope scope)
    {
        if (name is not SimpleNameSyntax || scope.SymbolOf(name) is not { } symbol || !IsRead(symbol))
            return null;
        var current = (ExpressionSyntax)name;
        if (name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } qualified && qualified.Name == name)
            current = qualified;
        else if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name && !symbol.IsStatic)
            return null;
        ExpressionSyntax? widest = null;
        for (var next = current; next is not null; next = Wider(next, scope))
        {
            if (IsPlainData(next, scope))
                widest = next;
        }

        return widest is not null && IsOnlyRead(widest) ? widest : null;
    }

    /// <summary>
    /// True where evaluating the value cannot fail: then it may be evaluated before other code, and where it would not have been evaluated at all.
    /// </summary>
    public static bool CannotFail(ExpressionSyntax value, SplitScope scope) => value switch
    {
        IdentifierNameSyntax => IsStored(scope.SymbolOf(value)),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => IsStored(scope.SymbolOf(value)),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequestAborted" or "ConnectionAborted" } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsInRole" or "FindFirstValue", Expression: IdentifierNameSyntax { Identifier.ValueText: "User" } } } => true,
        _ => scope.Semantics.GetConstantValue(value, scope.Cancellation).HasValue,
    };

    /// <summary>True for what may have another value by the time a lambda runs.</summary>
    public static bool CanChange(ISymbol? symbol) => symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } or IPropertySymbol { SetMethod.IsInitOnly: false, DeclaringSyntaxReferences.IsEmpty: false };

    private static bool IsRead(ISymbol symbol) => symbol switch
    {
        IFieldSymbol => true,
        IPropertySymbol { IsIndexer: false } property => !property.Type.IsTask() && property.GetMethod is not null,
        IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol { IsRef: false } => true,
        _ => false,
    };

    private static bool IsStored(ISymbol? symbol) => symbol switch
    {
        IFieldSymbol or ILocalSymbol or IParameterSymbol => true,
        IPropertySymbol { DeclaringSyntaxReferences: [var declaration] } => declaration.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors }
            && accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null }),
        _ => false,
    };

    private static ExpressionSyntax? Wider(ExpressionSyntax current, SplitScope scope) => current.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == current && IsStep(access, scope) => access.Parent is InvocationExpressionSyntax call && call.Expression == access ? call : access,
        ElementAccessExpressionSyntax element when element.Expression == current && AreConstant(element.ArgumentList, scope) && !IsQuery(element, scope) => element,
        PostfixUnaryExpressionSyntax suppressed when suppressed.IsKind(SyntaxKind.SuppressNullableWarningExpression) => suppressed,
        ConditionalAccessExpressionSyntax conditional when conditional.Expression == current && IsConditionalStep(conditional.WhenNotNull, scope) => conditional,
        _ => null,
    };

    private static bool IsStep(MemberAccessExpressionSyntax access, SplitScope scope)
    {
        if (access.Parent is InvocationExpressionSyntax call && call.Expression == access)
            return scope.SymbolOf(access) is IMethodSymbol method && IsReading(method) && AreConstant(call.ArgumentList, scope);
        return scope.SymbolOf(access) is IPropertySymbol or IFieldSymbol && !IsQuery(access, scope);
    }

    private static bool IsConditionalStep(ExpressionSyntax step, SplitScope scope) => step.Span.Length <= LongestStep && step switch
    {
        MemberBindingExpressionSyntax => scope.SymbolOf(step) is IPropertySymbol or IFieldSymbol,
        MemberAccessExpressionSyntax access => IsConditionalStep(access.Expression, scope) && scope.SymbolOf(access) is IPropertySymbol or IFieldSymbol,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } call =>
            scope.SymbolOf(binding) is IMethodSymbol method && IsReading(method) && AreConstant(call.ArgumentList, scope),
        ConditionalAccessExpressionSyntax conditional => IsConditionalStep(conditional.Expression, scope) && IsConditionalStep(conditional.WhenNotNull, scope),
        _ => false,
    };

    /// <summary>True for methods that only look something up in a principal or a value.</summary>
    private static bool IsReading(IMethodSymbol method)
    {
        var receiver = (method.ReducedFrom?.Parameters.FirstOrDefault()?.Type ?? method.ContainingType) as ITypeSymbol;
        return !method.ReturnsVoid && !method.ReturnType.IsTask()
            && (receiver is { Name: "ClaimsPrincipal" or "ClaimsIdentity" or "IPrincipal" or "Claim" } || receiver.IsInSystem() && method.Name is "ToString" or "Trim" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant");
    }

    private static bool IsInSystem(this ITypeSymbol? type) => type is not null && type.ContainingNamespace.Is("System");

    private static bool AreConstant(BaseArgumentListSyntax list, SplitScope scope) =>
        list.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0 && scope.Semantics.GetConstantValue(argument.Expression, scope.Cancellation).HasValue);

    /// <summary>True for a value that may be handed to a service.</summary>
    private static bool IsPlainData(ExpressionSyntax value, SplitScope scope) =>
        scope.Semantics.GetTypeInfo(value, scope.Cancellation).Type is { } type && type.SpecialType is not SpecialType.System_Void
        && value is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } && !scope.HttpTypes.Contain(type)
        && type.TypeKind is not (TypeKind.Delegate or TypeKind.Error or TypeKind.Dynamic) && !IsService(type, scope) && !CrossingTypes.IsDeferred(type);

    // What an endpoint is given by the container is no value; configuration and options are read through it.
    private static bool IsService(ITypeSymbol type, SplitScope scope) =>
        type.TypeKind is TypeKind.Interface && type.ElementTypeOfSequence() is null
        || (scope.EndpointType?.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, type))) ?? false)
        || type is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && IsServiceName(type.Name);

    private static bool IsServiceName(string name) =>
        name.EndsWith("Service", StringComparison.Ordinal) || name.EndsWith("Manager", StringComparison.Ordinal) || name.EndsWith("Repository", StringComparison.Ordinal)
        || name.EndsWith("Context", StringComparison.Ordinal) || name.EndsWith("Factory", StringComparison.Ordinal) || name.EndsWith("Client", StringComparison.Ordinal);

    private static bool IsQuery(ExpressionSyntax value, SplitScope scope) =>
        scope.Semantics.GetTypeInfo(value, scope.Cancellation).Type is { } type && CrossingTypes.IsDeferred(type);

    private static bool IsOnlyRead(ExpressionSyntax value) => value.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left != value,
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression) && !prefix.IsKind(SyntaxKind.AddressOfExpression),
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.PostIncrementExpression) && !postfix.IsKind(SyntaxKind.PostDecrementExpression),
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind == 0,
        MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax => true,
        _ => true,
    };
}
