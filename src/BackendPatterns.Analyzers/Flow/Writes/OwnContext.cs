using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A context, connection, scope or service that is made for one element: its save cannot be shared with other elements.</summary>
public static class OwnContext
{
    private const int MostSteps = 32;

    /// <summary>True where what the call is made on, or a context, connection or scope that it is given, is made in the region itself.</summary>
    public static bool Is(CallSite site, KnownLibraries libraries)
    {
        if (site.Call is IMethodReferenceOperation { Instance: { } target })
            return IsMadeIn(target, site.Region);
        if (site.Call is not IInvocationOperation call)
            return false;
        if (call.Receiver() is { } receiver && IsMadeIn(receiver, site.Region))
            return true;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap() is { Type: { } type } value && IsContext(type, libraries) && IsMadeIn(value, site.Region))
                return true;
        }

        return false;
    }

    private static bool IsContext(ITypeSymbol type, KnownLibraries libraries) =>
        IsScope(type) || libraries.EntityFrameworkCore?.IsDbContext(type) == true || libraries.AdoNet?.IsConnection(type) == true;

    private static bool IsScope(ITypeSymbol? type) => type?.Name is "IServiceProvider" or "IServiceScope" or "AsyncServiceScope";

    private static bool IsMadeIn(IOperation value, IOperation region)
    {
        var current = value.UnwrapAwait();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (current)
            {
                case IObjectCreationOperation creation:
                    return !IsCommand(creation) || creation.Arguments.Any(argument => argument.Value.Unwrap() is ILocalReferenceOperation && IsMadeIn(argument.Value, region));
                case IInvocationOperation { TargetMethod.Name: var name } when IsMaking(name):
                    return true;
                case IInvocationOperation call when call.Arguments.Any(argument => IsScope(argument.Value.Unwrap().Type) && argument.Value.Unwrap() is ILocalReferenceOperation { Local: var scope } && IsDeclaredIn(scope, region)):
                    return true;
                case IInvocationOperation call when call.Receiver() is { } receiver:
                    current = receiver.UnwrapAwait();
                    break;
                case IMemberReferenceOperation { Instance: { } instance }:
                    current = instance.UnwrapAwait();
                    break;
                case ILocalReferenceOperation { Local: var local } reference:
                    if (!IsDeclaredIn(local, region))
                        return false;
                    // The variable of a loop or an argument that is filled elsewhere belongs to the element.
                    if (LocalValues.Around(reference).OnlyValueOf(local) is not { } only)
                        return true;
                    current = only.UnwrapAwait();
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>A command is made per statement; what counts is its connection.</summary>
    private static bool IsCommand(IObjectCreationOperation creation) => creation.Type is { } type && type.Name.EndsWith("Command", StringComparison.Ordinal);

    private static bool IsMaking(string name) =>
        name is "CreateScope" or "CreateAsyncScope" or "BeginLifetimeScope"
        || (name.StartsWith("Create", StringComparison.Ordinal) && name.IndexOf("Context", StringComparison.Ordinal) > 0)
        || (name.StartsWith("Create", StringComparison.Ordinal) && name.IndexOf("Connection", StringComparison.Ordinal) > 0)
        || (name.StartsWith("Open", StringComparison.Ordinal) && name.IndexOf("Connection", StringComparison.Ordinal) > 0);

    private static bool IsDeclaredIn(ISymbol local, IOperation region) =>
        local.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == region.Syntax.SyntaxTree
            && (region.Syntax.Span.Contains(declaration.Span) || region.Parent?.Syntax.Span.Contains(declaration.Span) == true && region.Parent is ILoopOperation);
}
