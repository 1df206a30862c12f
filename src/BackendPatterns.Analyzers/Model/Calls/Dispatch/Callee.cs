using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>What an operation calls: a method, an accessor, a constructor, or the function that a delegate holds.</summary>
/// <param name="Method">The method that the operation names, or the function in the delegate.</param>
/// <param name="Instance">What it is called on, or null.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Operation">The operation itself.</param>
internal sealed record Callee(IMethodSymbol Method, IOperation? Instance, ImmutableArray<IArgumentOperation> Arguments, IOperation Operation)
{
    private static readonly ImmutableArray<IArgumentOperation> NoArguments = ImmutableArray<IArgumentOperation>.Empty;

    /// <summary>Returns what an operation calls, or null where it calls nothing or a delegate that is not known.</summary>
    public static Callee? Of(IOperation operation, BackendModel model) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call => StoredValues.FunctionOf(call.Instance, model) is { } function
            ? new Callee(function.Method, function.Instance, call.Arguments, call)
            : null,
        IInvocationOperation call => new Callee(call.TargetMethod, call.Instance, call.Arguments, call),
        IPropertyReferenceOperation reference => AccessorOf(reference) is { } accessor ? new Callee(accessor, reference.Instance, reference.Arguments, reference) : null,
        IObjectCreationOperation { Constructor: { } constructor } creation => new Callee(constructor, null, creation.Arguments, creation),
        IMethodReferenceOperation group => new Callee(group.Method, group.Instance, NoArguments, group),
        _ => null,
    };

    /// <summary>True where an override or implementation may run in place of the method that is named.</summary>
    public bool IsVirtual => MayBeReplaced(Method) && Instance?.Syntax is not BaseExpressionSyntax;

    /// <summary>True for a virtual, abstract or interface member.</summary>
    public static bool MayBeReplaced(IMethodSymbol method) =>
        method is { IsStatic: false } and ({ IsVirtual: true } or { IsAbstract: true } or { IsOverride: true, IsSealed: false } or { ContainingType.TypeKind: TypeKind.Interface })
        && method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction);

    /// <summary>
    /// What it is called on, where that is an object with a state of its own (an entity, an object made for the element) and not a service behind an
    /// interface; else null.
    /// </summary>
    public IOperation? InstanceWithState => Instance is { Type.TypeKind: TypeKind.Class or TypeKind.Struct } ? Instance : null;

    /// <summary>Returns the value for the parameter with this ordinal, or null.</summary>
    public IOperation? ArgumentAt(int ordinal)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }

    private static IMethodSymbol? AccessorOf(IPropertyReferenceOperation reference) =>
        reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference ? reference.Property.SetMethod : reference.Property.GetMethod;
}
