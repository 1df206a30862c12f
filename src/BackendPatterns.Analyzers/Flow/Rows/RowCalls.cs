using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>The part of the walk that follows rows into calls: in-memory operators and their lambdas, and methods and constructors of this compilation.</summary>
internal sealed class RowCalls(RowWalk walk, BackendModel model, RowUses uses)
{
    private const int MaximumDepth = 3;

    /// <summary>Follows <c>value.Method(…)</c>.</summary>
    public void FollowInstanceCall(RowValue value, IInvocationOperation call)
    {
        if (!value.IsRow(value.Operation.Type))
            FollowOperator(value, call);
        else if (!walk.FollowsEverything || !FollowThis(value, call))
            walk.Escape();
    }

    /// <summary>Follows <c>Method(…, value, …)</c>, extension methods and constructors included.</summary>
    public void FollowArgument(RowValue value, IArgumentOperation argument)
    {
        switch (argument.Parent)
        {
            case IInvocationOperation call when !value.IsRow(value.Operation.Type) && IsOperator(call):
                if (argument.Parameter?.Ordinal == 0 || call.TargetMethod.Name is "Join" or "GroupJoin" or "Zip")
                    FollowOperator(value, call);
                else
                    walk.Escape();
                break;
            case IInvocationOperation call:
                FollowBody(value, call.TargetMethod, argument.Parameter, call);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                FollowBody(value, constructor, argument.Parameter, argument.Parent);
                break;
            default:
                walk.Escape();
                break;
        }
    }

    /// <summary>Follows <c>var (id, name) = row</c>: what a <c>Deconstruct</c> method of the row's type reads of <c>this</c>, or the properties of a positional record.</summary>
    public void FollowDeconstruction(RowValue value, AssignmentExpressionSyntax assignment)
    {
        if (!value.IsRow(value.Operation.Type) || value.Depth >= MaximumDepth
            || model.SemanticModelOf(assignment.SyntaxTree)?.GetDeconstructionInfo(assignment).Method is not { IsStatic: false, IsVirtual: false, IsOverride: false } method)
        {
            walk.Escape();
            return;
        }

        if (!method.IsImplicitlyDeclared)
        {
            FollowBodyOfThis(value, method, value.Operation.Parent!);
            return;
        }

        foreach (var parameter in method.Parameters)
        {
            if (value.Entity.Member(parameter.Name) is not { Kind: EntityMemberKind.Column } column || value.IsNavigation)
                walk.Escape();
            else
                uses.AddColumn(value.PathTo(column.Name));
        }

        uses.AddEntry(value.Operation.Parent!);
    }

    private void FollowBodyOfThis(RowValue value, IMethodSymbol method, IOperation entry)
    {
        if (model.BodyOf(method) is not { } body)
        {
            walk.Escape();
            return;
        }

        uses.AddEntry(entry);
        foreach (var part in body.DescendantsAndSelf())
        {
            if (part is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
                walk.Push(value.In(part) with { Depth = value.Depth + 1, Entries = value.Entries.Add(entry) });
        }
    }

    /// <summary>Follows a row that a lambda returns into the result of the operator that runs the lambda.</summary>
    public void FollowReturn(RowValue value, IOperation returned)
    {
        var argument = returned.EnclosingFunction() is IAnonymousFunctionOperation lambda ? ArgumentOf(lambda) : null;
        if (argument?.Parent is IInvocationOperation call && IsOperator(call) && RowOperators.KeepsResultOf(argument.Parameter) && value.IsCarriedBy(call.Type))
            walk.Push(value.In(call));
        else if (argument?.Parent is IInvocationOperation { Type: var result } keyed && IsEntityFrameworkOperator(keyed) && RowOperators.KeepsResultOf(argument.Parameter) && value.IsCarriedBy(result))
            return;
        else
            walk.Escape();
    }

    /// <summary>Follows the rows into the parameters of the lambdas that an operator runs on them.</summary>
    public void FollowLambdas(IInvocationOperation call, RowValue value, bool includeReceiver = true)
    {
        foreach (var argument in call.Arguments)
        {
            if (!includeReceiver && argument.Parameter?.Ordinal == 0)
                continue;
            if (argument.Value.AsLambda() is { } lambda)
            {
                // First(x => x.Id == id) on a query takes an expression tree: it is translated.
                if (lambda.IsTree(model.Libraries.Linq.Expression))
                    continue;
                foreach (var parameter in lambda.Symbol.Parameters)
                {
                    if (value.IsCarriedBy(parameter.Type))
                        walk.FollowVariable(value.In(value.Operation), parameter, lambda);
                }
            }
            else if (argument.Value.Unwrap() is IMethodReferenceOperation { Method: var method })
            {
                foreach (var parameter in method.Parameters)
                {
                    if (value.IsCarriedBy(parameter.Type))
                        FollowBody(value.In(value.Operation), method, parameter, argument.Value.Unwrap());
                }
            }
            else if (argument.Parameter?.Type.TypeKind is TypeKind.Delegate && argument.ArgumentKind is not ArgumentKind.DefaultValue)
            {
                walk.Escape();
            }
        }
    }

    private bool IsOperator(IInvocationOperation call) => RowOperators.Contain(call.TargetMethod, hasLambda: true);

    private static bool IsEntityFrameworkOperator(IInvocationOperation call) => call.TargetMethod.ContainingType is { Name: "EntityFrameworkQueryableExtensions" };

    private void FollowOperator(RowValue value, IInvocationOperation call)
    {
        var hasLambda = call.Arguments.Any(argument => argument.Value.Unwrap() is IAnonymousFunctionOperation or IMethodReferenceOperation);
        if (!RowOperators.Contain(call.TargetMethod, hasLambda))
        {
            walk.Escape();
            return;
        }

        if (call.TargetMethod.Name is "ConfigureAwait" or "GetAwaiter" or "GetResult" && value.IsCarriedBy(call.Type))
        {
            walk.Push(value with { Operation = call });
            return;
        }

        FollowLambdas(call, value);
        FollowOut(value, call);
        walk.PushOrDrop(value, call);
    }

    private void FollowOut(RowValue value, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind is not RefKind.Out || !value.IsCarriedBy(argument.Value.Type))
                continue;
            var target = argument.Value.Unwrap();
            if (target is IDeclarationExpressionOperation declaration)
                target = declaration.Expression;
            if (target is ILocalReferenceOperation local)
                walk.FollowVariable(value.In(call), local.Local, call);
            else if (target is not IDiscardOperation)
                walk.Escape();
        }
    }

    /// <summary>Follows a row into the body of a method or constructor of this compilation. What may run instead of it, or gives the row back, is not followed.</summary>
    private void FollowBody(RowValue value, IMethodSymbol called, IParameterSymbol? parameter, IOperation call)
    {
        var method = (called.ReducedFrom ?? called).OriginalDefinition;
        if (parameter is null || value.Depth >= MaximumDepth || method.IsAbstract || method.IsVirtual || method.IsOverride
            || parameter.RefKind is RefKind.Ref or RefKind.Out || value.IsCarriedBy(method.ReturnType.UnwrapTask()))
        {
            walk.Escape();
            return;
        }

        var ordinal = called.ReducedFrom is null ? parameter.Ordinal : parameter.Ordinal + 1;
        if (ordinal >= method.Parameters.Length || BodyOf(method, value.Operation) is not { } body || !value.IsCarriedBy(method.Parameters[ordinal].Type))
        {
            walk.Escape();
            return;
        }

        uses.AddEntry(call);
        var depth = value.Depth + (method.MethodKind is MethodKind.LocalFunction ? 0 : 1);
        walk.FollowVariable(value with { Depth = depth, Entries = value.Entries.Add(call) }, method.Parameters[ordinal], body);
    }

    /// <summary>Follows a row into a method of its own class: what that reads of <c>this</c>, it reads of the row.</summary>
    private bool FollowThis(RowValue value, IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (value.Depth >= MaximumDepth || method.IsAbstract || method.IsVirtual || method.IsOverride)
            return false;
        FollowBodyOfThis(value, method, call);
        return true;
    }

    private IOperation? BodyOf(IMethodSymbol method, IOperation caller)
    {
        if (method.MethodKind is MethodKind.LocalFunction)
        {
            foreach (var operation in caller.Root().Descendants())
            {
                if (operation is ILocalFunctionOperation local && SymbolEqualityComparer.Default.Equals(local.Symbol.OriginalDefinition, method))
                    return local;
            }

            return null;
        }

        return model.BodyOf(method);
    }

    private static IArgumentOperation? ArgumentOf(IAnonymousFunctionOperation lambda)
    {
        var current = lambda.Parent;
        while (current is IConversionOperation or IDelegateCreationOperation)
            current = current.Parent;
        return current as IArgumentOperation;
    }

    /// <summary><c>ArgumentNullException.ThrowIfNull(…)</c>.</summary>
    public static bool IsNullGuard(IInvocationOperation call) =>
        call.TargetMethod is { Name: "ThrowIfNull", ContainingType.Name: "ArgumentNullException" } && call.TargetMethod.ContainingNamespace.Is("System");
}
