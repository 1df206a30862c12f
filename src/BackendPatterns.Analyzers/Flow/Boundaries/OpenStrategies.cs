using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>
/// Execution strategies of this compilation that run what it does not show: the next step of a pipeline (a MediatR behaviour, a middleware, a filter), a message that a library dispatches, a delegate
/// that other projects bring. A method that nobody in source calls may then run inside one.
/// </summary>
internal sealed class OpenStrategies(BackendModel model, CancellationToken cancellation)
{
    private const int MostUses = 40;

    // Beginning a transaction, saving and logging inside a strategy calls nobody back.
    private static readonly string[] Closed = ["System", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Logging", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Options"];

    private readonly Lazy<(bool Delegates, bool Messages)> _found = BackendModel.Once(() => Find(model, cancellation));

    /// <summary>True where the strategy may run any endpoint.</summary>
    public bool MayRunEndpoints => _found.Value.Delegates;

    /// <summary>True where such a strategy may run a method that has no caller in source.</summary>
    public bool MayRun(IMethodSymbol uncalled) =>
        _found.Value.Delegates || (_found.Value.Messages && (uncalled.IsOverride || uncalled.ImplementedMembers().Any() || uncalled.MethodKind is MethodKind.ExplicitInterfaceImplementation || IsConsumer(uncalled.Name)));

    /// <summary>Libraries that find handlers by their name.</summary>
    private static bool IsConsumer(string name) => name is "Handle" or "HandleAsync" or "Consume" or "ConsumeAsync" or "Execute" or "ExecuteAsync";

    private static (bool Delegates, bool Messages) Find(BackendModel model, CancellationToken cancellation)
    {
        var (delegates, messages) = (false, false);
        foreach (var wanted in (string[])["Execute", "ExecuteAsync", "ExecuteInTransaction", "ExecuteInTransactionAsync"])
        {
            foreach (var name in model.Mentions.Of(wanted))
            {
                if (name.InvocationOf() is not { } syntax || model.SemanticModelOf(name.SyntaxTree)?.GetOperation(syntax, cancellation) is not IInvocationOperation call || !StrategyCommands.IsExecution(call))
                    continue;

                foreach (var argument in call.Arguments)
                {
                    delegates |= RunsDelegate(argument.Value, model, cancellation);
                    messages |= SendsMessages(argument.Value, model, cancellation);
                }
            }
        }

        return (delegates, messages);
    }

    private static bool RunsDelegate(IOperation work, BackendModel model, CancellationToken cancellation)
    {
        foreach (var operation in work.DescendantsAndSelf())
        {
            var held = operation switch
            {
                IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } invoked } => invoked.Unwrap(),
                IParameterReferenceOperation { Type.TypeKind: TypeKind.Delegate } or IFieldReferenceOperation { Type.TypeKind: TypeKind.Delegate } => operation,
                _ => null,
            };
            switch (held)
            {
                case null or ILocalReferenceOperation or IAnonymousFunctionOperation:
                    break;
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol helper } } when !IsOpen(helper, model, cancellation):
                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    /// <summary>True for a method to which code that is not here brings the delegate: a step of a library's pipeline, or a helper that other projects may call.</summary>
    private static bool IsOpen(IMethodSymbol helper, BackendModel model, CancellationToken cancellation)
    {
        // A lambda's own parameter: the state or the token that the strategy hands in.
        if (helper.MethodKind is MethodKind.AnonymousFunction)
            return true;
        if (helper.MethodKind is MethodKind.LocalFunction)
            return false;
        var uses = UsesInSource.Of(helper, model, MostUses, cancellation);
        return uses.IsDefaultOrEmpty || (model.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary && helper.DeclaredAccessibility is Accessibility.Public && helper.ContainingType.DeclaredAccessibility is Accessibility.Public);
    }

    private static bool SendsMessages(IOperation work, BackendModel model, CancellationToken cancellation)
    {
        foreach (var operation in work.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { IsStatic: false } method } && method.ContainingType.TypeKind is TypeKind.Interface
                && !Closed.Any(space => method.ContainingNamespace.IsBelow(space)) && model.Calls.BodiesOf(method, cancellation).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
