using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>Tasks that nobody waits for.</summary>
internal static class DiscardedTasks
{
    private const int MostSteps = 16;
    private const int MostReferences = 16;

    private static readonly HashSet<string> Forgetting = new(StringComparer.Ordinal) { "Forget", "FireAndForget", "SafeFireAndForget" };

    /// <summary>True for an extension method whose name says that it lets a task go.</summary>
    public static bool LetsGo(IMethodSymbol method) => method is { IsExtensionMethod: true, ReturnsVoid: true } && Forgetting.Contains(method.Name);

    /// <summary>
    /// True where the value of an expression is dropped: a statement of its own, <c>_ = …</c>, a local that nobody reads, <c>.Forget()</c>; also where only a continuation of it, or
    /// a <c>WhenAll</c> with others, is dropped. False for everything else: awaited, returned, stored, passed on.
    /// </summary>
    public static bool Contain(IOperation task) => Contain(task, locals: 0);

    private static bool Contain(IOperation task, int locals)
    {
        var current = task;
        for (var steps = 0; steps < MostSteps; steps++)
        {
            switch (current.Parent)
            {
                case IExpressionStatementOperation:
                    return true;
                case ISimpleAssignmentOperation { Target: IDiscardOperation } dropped:
                    current = dropped;
                    break;
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or IArrayInitializerOperation or IArrayCreationOperation:
                    current = current.Parent;
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                    return locals == 0 && !declarator.Syntax.Parent.IsUsing() && AreReferencesDropped(local, declarator);
                case { } collection when collection.IsParamsCollection():
                    current = collection;
                    break;
                case IInvocationOperation call when call.Instance == current && call.TargetMethod.Name is "ConfigureAwait" or "ContinueWith" or "Unwrap" or "AsTask" or "Preserve":
                    current = call;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } when LetsGo(call.TargetMethod):
                    return true;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WhenAny", ContainingType.Name: "Task" } } call }:
                    current = call;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool AreReferencesDropped(ILocalSymbol local, IOperation declarator)
    {
        var references = LocalValues.Around(declarator).ReferencesTo(local);
        if (references.Count > MostReferences)
            return false;
        foreach (var reference in references)
        {
            // The statement "task;" does not compile: what drops a local is a call on it.
            if (reference.IsWritten() || !Contain(reference, locals: 1))
                return false;
        }

        return true;
    }

    private static bool IsUsing(this SyntaxNode? declaration) =>
        declaration?.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or Microsoft.CodeAnalysis.CSharp.Syntax.UsingStatementSyntax;
}
