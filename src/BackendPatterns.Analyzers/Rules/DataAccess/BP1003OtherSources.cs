using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>
/// Whether a navigation that a query does not load may have a value all the same: assigned, loaded explicitly, loaded by code that the rows are passed to, or filled by
/// fix-up, which connects tracked entities (https://learn.microsoft.com/ef/core/querying/tracking).
/// </summary>
internal sealed class BP1003OtherSources(EntityLoad load, IOperation start, EagerLoading eager, RowUses uses, BackendModel model)
{
    private const int MostNesting = 3;

    private readonly IOperation _root = start.Root();

    /// <summary>True where anything in the member may fill the navigation before it is read.</summary>
    public bool MayFill(NavigationRead read)
    {
        if (read.Member.Target is not INamedTypeSymbol target)
            return true;
        return IsOnTheWay(read, target) || IsHandedOut(read) || HasParameterOf(target) || IsFilledIn(_root, read, target);
    }

    /// <summary>True where the code takes a missing value into account: <c>order.Customer?.Name</c>, <c>if (order.Customer != null)</c>.</summary>
    public bool IsGuarded(NavigationRead read)
    {
        foreach (var operation in read.Reference.Root().Descendants())
        {
            if (operation is IPropertyReferenceOperation reference && IsSame(reference.Property, read) && IsTested(reference.WalkUpValue()))
                return true;
        }

        return false;
    }

    private static bool IsTested(IOperation value) => value.Parent switch
    {
        IIsPatternOperation => true,
        IConditionalAccessOperation access => access.Operation == value,
        ICoalesceOperation coalesce => coalesce.Value == value,
        IBinaryOperation comparison => comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull(),
        _ => false,
    };

    /// <summary>The rows that lead to a navigation fill the way back (<c>order.Lines</c> and <c>line.Order</c>), and so do other rows of the same query.</summary>
    private bool IsOnTheWay(NavigationRead read, INamedTypeSymbol target)
    {
        if (AreRelated(load.Entity.Symbol, target))
            return true;
        var dot = read.Path.LastIndexOf('.');
        if (dot > 0 && Leads(read.Path.Substring(0, dot), target))
            return true;
        foreach (var path in eager.Paths)
        {
            if (Leads(path, target))
                return true;
        }

        return false;
    }

    private bool Leads(string path, INamedTypeSymbol target)
    {
        var entity = load.Entity;
        foreach (var name in path.Split('.'))
        {
            if (entity.Member(name)?.Target is not INamedTypeSymbol next)
                return false;
            if (AreRelated(next, target))
                return true;
            entity = model.Entities.Describe(next);
        }

        return false;
    }

    /// <summary>True where what is called changes the navigation, and where rows are passed to code that is not followed, or stored, before the read.</summary>
    private bool IsHandedOut(NavigationRead read)
    {
        foreach (var (place, site) in uses.Escapes)
        {
            if (IsChange(place, read) || IsChange(place.Parent, read))
                return true;
            if (IsLater(place, read.Reference) || (site != read.Site && IsLater(site, read.Site)))
                continue;
            var isHandedOut = place.Parent switch
            {
                IArgumentOperation { Parent: IInvocationOperation call } argument => !IsHarmless(call.TargetMethod) && !IsForAnything(argument.Parameter),
                IArgumentOperation => true,
                IInvocationOperation call => !IsHarmless(call.TargetMethod),
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation } => true,
                _ => false,
            };
            if (isHandedOut)
                return true;
        }

        return false;
    }

    private static bool IsChange(IOperation? operation, NavigationRead read) =>
        operation is IPropertyReferenceOperation reference && IsSame(reference.Property, read) && (reference.IsWritten() || reference.IsChangedInPlace());

    private static bool IsLater(IOperation place, IOperation read) => place.Root() == read.Root() && place.Syntax.SpanStart > read.Syntax.SpanStart;

    /// <summary>A parameter for objects of any type: the method cannot know the navigation, unless it is told with a lambda, which is looked for elsewhere.</summary>
    private static bool IsForAnything(IParameterSymbol? parameter)
    {
        var type = parameter?.OriginalDefinition.Type;
        return (type?.ElementTypeOfSequence() ?? type) is { SpecialType: SpecialType.System_Object } or ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, ConstraintTypes.IsEmpty: true };
    }

    private static bool IsHarmless(IMethodSymbol method) =>
        method.ContainingNamespace.IsBelow("System") || method.ContainingNamespace.IsBelow("Microsoft.Extensions.Logging") || method.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore");

    private bool HasParameterOf(INamedTypeSymbol target)
    {
        if (_root.SemanticModel?.GetEnclosingSymbol(start.Syntax.SpanStart) is not IMethodSymbol method)
            return false;
        for (ISymbol? current = method; current is IMethodSymbol around; current = around.ContainingSymbol)
        {
            foreach (var parameter in around.Parameters)
            {
                if (Mentions(parameter.Type, target, 0))
                    return true;
            }
        }

        return false;
    }

    private bool IsFilledIn(IOperation body, NavigationRead read, INamedTypeSymbol target)
    {
        var places = (HashSet<IOperation>)uses.Places;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation reference when IsSame(reference.Property, read):
                    if (IsChange(reference, read) || IsSelected(reference))
                        return true;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Load" or "LoadAsync" } method } when method.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"):
                    return true;
                case IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IObjectCreationOperation:
                    if (!places.Contains(operation) && !operation.IsWritten() && Mentions(operation.Type, target, 0) && !operation.IsInExpressionTree(model.Libraries.Linq.Expression))
                        return true;
                    break;
            }
        }

        return false;
    }

    /// <summary>
    /// <c>x => x.Navigation</c> as an expression: another query of the same member includes it, or the same one does under a condition, or a helper loads it.
    /// </summary>
    private bool IsSelected(IPropertyReferenceOperation reference)
    {
        for (var current = reference.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && lambda.IsTree(model.Libraries.Linq.Expression))
                return lambda.Parent?.Parent is not IArgumentOperation { Parent: IInvocationOperation call } || !call.TargetMethod.IsIn("System.Linq");
        }

        return false;
    }

    private static bool IsSame(IPropertySymbol property, NavigationRead read) => SymbolEqualityComparer.Default.Equals(property.OriginalDefinition, read.Reference.Property.OriginalDefinition);

    /// <summary>True for the type, for what derives from it, and for collections, tasks, sets and dictionaries of it.</summary>
    private static bool Mentions(ITypeSymbol? type, INamedTypeSymbol target, int nesting)
    {
        if (type is null || nesting > MostNesting)
            return false;
        if (type is IArrayTypeSymbol array)
            return Mentions(array.ElementType, target, nesting + 1);
        if (type is not INamedTypeSymbol named || type.TypeKind is TypeKind.Delegate)
            return false;
        if (AreRelated(named, target))
            return true;
        foreach (var argument in named.TypeArguments)
        {
            if (Mentions(argument, target, nesting + 1))
                return true;
        }

        return false;
    }

    private static bool AreRelated(INamedTypeSymbol one, INamedTypeSymbol other) =>
        one.SpecialType is not SpecialType.System_Object && (one.IsOrDerivesFrom(other) || other.IsOrDerivesFrom(one));
}
