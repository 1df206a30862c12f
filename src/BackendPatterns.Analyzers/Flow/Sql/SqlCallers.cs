using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>What private methods and local functions are called with.</summary>
internal static class SqlCallers
{
    private const int MaximumCalls = 16;

    /// <summary>Returns the arguments given for a parameter of a private method or local function by the calls in its type; empty for other parameters.</summary>
    public static IReadOnlyList<IOperation> ArgumentsFor(IParameterSymbol parameter, BackendModel model, CancellationToken cancellation)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            || method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private })
        {
            return [];
        }

        var arguments = new List<IOperation>();
        foreach (var declaration in method.ContainingType.DeclaringSyntaxReferences)
        {
            if (model.SemanticModelOf(declaration.SyntaxTree) is not { } semantics)
                continue;
            foreach (var node in declaration.GetSyntax(cancellation).DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax call || NameOf(call) != method.Name || semantics.GetOperation(call, cancellation) is not IInvocationOperation invocation
                    || !SymbolEqualityComparer.Default.Equals(invocation.TargetMethod.OriginalDefinition, method.OriginalDefinition))
                {
                    continue;
                }

                if (arguments.Count == MaximumCalls)
                    return arguments;
                if (invocation.ArgumentAt(parameter.Ordinal) is { } argument)
                    arguments.Add(argument);
            }
        }

        return arguments;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
