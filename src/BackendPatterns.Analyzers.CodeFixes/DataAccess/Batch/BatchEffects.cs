using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// Whether a loop could change what its own query answers in a later turn: it saves, adds rows of the queried type, or calls code that
/// might. Code that cannot be read counts as code that might.
/// </summary>
public sealed class BatchEffects(BatchQuery query, BatchLoop loop, BackendModel model, CancellationToken cancellationToken)
{
    private const int MostBodies = 30;

    private readonly HashSet<IMethodSymbol> _read = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _assumed = new(SymbolEqualityComparer.Default);

    /// <summary>The interface methods and virtual methods whose bodies were taken to be those that this project sees.</summary>
    public IEnumerable<IMethodSymbol> Assumed => _assumed;

    public bool LeaveAnswersAlone()
    {
        if (query.IsFind && MayHoldUnsavedRows())
            return false;
        return loop.Regions.All(IsHarmless) && !ReadsNavigationsToRows() && !ProjectsEntities(query, model) && !FillsNavigationsOfMoreItems() && !KeyMayBeUnsaved();
    }

    /// <summary>True where code cannot change what the query answers.</summary>
    public bool IsHarmless(IOperation region)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isHarmless = operation switch
            {
                IInvocationOperation call => IsHarmlessCall(call),
                IObjectCreationOperation { Type: { } made } when SymbolEqualityComparer.Default.Equals(made, query.Row) => false,
                IObjectCreationOperation { Constructor: { DeclaringSyntaxReferences.IsEmpty: false } constructor } => !HarmlessCode.MakesCalls(constructor),
                IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation => false,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "State" } property } } => !property.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"),
                _ => true,
            };
            if (!isHarmless)
                return false;
        }

        return true;
    }

    private bool IsHarmlessCall(IInvocationOperation call)
    {
        if (call.Syntax == query.Call.Syntax)
            return true;
        if (model.DataAccess.Classify(call) is { } trip)
            return trip.Kind is RoundTripKind.DatabaseRead or RoundTripKind.Cache;
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return false;
        if (method.ContainingNamespace.ToDisplayString() is var space && space.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
            return IsQueryPart(method) || (IsChange(method) && (!MayBeRow(call) || IsRemovalAfterQuery(method)));
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return IsKnownHarmless(space);
        var bodies = HarmlessCode.IsReadable(method) ? ImmutableArray.Create(method) : AssumedBodiesOf(method);
        return !bodies.IsEmpty && bodies.All(IsHarmlessMethod);
    }

    private ImmutableArray<IMethodSymbol> AssumedBodiesOf(IMethodSymbol method)
    {
        _assumed.Add(method.OriginalDefinition);
        return model.Calls.BodiesOf(method, cancellationToken);
    }

    private bool IsHarmlessMethod(IMethodSymbol method) =>
        _read.Count < MostBodies && (!_read.Add(method) || (model.BodyOf(method, cancellationToken) is { } body && IsHarmlessBody(body)));

    private bool IsHarmlessBody(IOperation body) =>
        IsHarmless(body) && (loop.ItemKey is not IMemberReferenceOperation { Member: var key } || !body.Assigns(key)) && !ChangesList(body);

    /// <summary>A <c>foreach</c> over a list that changes throws; a counter goes on through it.</summary>
    private bool ChangesList(IOperation body) =>
        loop.Item.Counter is not null
            && body.DescendantsAndSelf().Any(operation => SymbolEqualityComparer.Default.Equals(operation.Type, loop.Sequence.Items.Type) && operation.IsChangedInPlace());

    private static bool IsQueryPart(IMethodSymbol method) =>
        method.ContainingType.Name is "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" or "DbFunctions" or "DbFunctionsExtensions" or "RelationalDbFunctionsExtensions"
        || method.Name is "Set" or "AsQueryable" or "AsAsyncEnumerable";

    private static bool IsChange(IMethodSymbol method) =>
        method.ContainingType.Name is "DbContext" or "DbSet" && method.Name is "Add" or "AddAsync" or "AddRange" or "AddRangeAsync" or "Remove" or "RemoveRange" or "Update" or "UpdateRange";

    /// <summary>Until it is saved, a query answers with a removed row as before; what <c>Find</c> answers depends on the version.</summary>
    private bool IsRemovalAfterQuery(IMethodSymbol method) => !query.IsFind && method.Name.StartsWith("Remove", StringComparison.Ordinal);

    /// <summary>True where what is added or removed may be, or bring along, a row of the queried type.</summary>
    private bool MayBeRow(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value.Unwrap();
            var type = value.Type.ElementTypeOfSequence() ?? value.Type;
            if (type is null or { SpecialType: SpecialType.System_Object } or ITypeParameterSymbol || SymbolEqualityComparer.Default.Equals(type, query.Row) || type.IsOrDerivesFrom(query.Row) || query.Row.IsOrDerivesFrom(type as INamedTypeSymbol))
                return true;
        }

        return false;
    }

    private static bool IsKnownHarmless(string space) =>
        (space == "System" || space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal)
         || space.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) || space.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal)
         || space.StartsWith("AutoMapper", StringComparison.Ordinal) || space.StartsWith("Mapster", StringComparison.Ordinal))
        && !space.StartsWith("System.Data", StringComparison.Ordinal) && !space.StartsWith("System.Net", StringComparison.Ordinal);

    /// <summary>
    /// <c>Find</c> answers with rows that were added but not saved, and past query filters for rows it tracks; a query does neither.
    /// </summary>
    private bool MayHoldUnsavedRows()
    {
        foreach (var operation in loop.Operation.Root().DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && call.TargetMethod.ContainingType.Name is "DbContext" or "DbSet" && MayTrack(call.TargetMethod.Name) && MayBeRow(call))
                return true;
        }

        return CompilationText.Mentions(model.Compilation, "HasQueryFilter");

        static bool MayTrack(string name) => name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Attach", StringComparison.Ordinal) || name.StartsWith("Update", StringComparison.Ordinal);
    }

    /// <summary>
    /// Entities in a projection are tracked too, whatever their type; this class looks only at navigations to the queried one.
    /// </summary>
    public static bool ProjectsEntities(BatchQuery query, BackendModel model)
    {
        if (query.Projection is null || query.Has("AsNoTracking"))
            return false;
        foreach (var operation in query.Projection.Body.Descendants())
        {
            if ((operation.Type.ElementTypeOfSequence() ?? operation.Type) is { } type && model.Entities.IsEntity(type)
                && operation is IPropertyReferenceOperation or IParameterReferenceOperation or IInvocationOperation && !IsReadFrom(operation))
                return true;
        }

        return false;
    }

    /// <summary>A member of the entity is read, or it goes into a LINQ operator, whose result is looked at in its place.</summary>
    private static bool IsReadFrom(IOperation entity) => entity.WalkUpValue().Parent switch
    {
        IMemberReferenceOperation => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" or "Queryable" } } => true,
        _ => false,
    };

    /// <summary>Tracked rows fill the navigations that lead to them; loaded at once they would do so for later items too.</summary>
    private bool ReadsNavigationsToRows()
    {
        foreach (var operation in loop.Regions.SelectMany(static region => region.DescendantsAndSelf()))
        {
            if (operation is IPropertyReferenceOperation { Property: var property } && !operation.IsWithin(query.Call)
                && !(model.Libraries.EntityFrameworkCore?.IsDbSet(property.Type) ?? false)
                && SymbolEqualityComparer.Default.Equals(property.Type.ElementTypeOfSequence() ?? property.Type, query.Row)
                && model.Entities.IsEntity(property.ContainingType))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Where not every turn asks, the batch loads rows that nobody asked for; tracked, they fill the navigations of their items all the same.
    /// </summary>
    private bool FillsNavigationsOfMoreItems() =>
        !query.IsCounted && query.Projection is null && !query.Has("AsNoTracking") && !query.Has("AsNoTrackingWithIdentityResolution") && loop.Item.TypeIn(loop) is INamedTypeSymbol item
            && (HasNavigation(item, query.Row) || HasNavigation(query.Row, item)) && IsConditional();

    /// <summary>
    /// The database finds rows by the keys that it has; a tracked row that was given another one keeps that, and the lookup goes by it.
    /// Primary keys do not change.
    /// </summary>
    private bool KeyMayBeUnsaved() =>
        query.Projection is null && !query.IsCounted && !query.Has("AsNoTracking") && !(query.IsUnique && IsPrimaryKey())
            && loop.Operation.Root().DescendantsAndSelf().Any(operation => operation is IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation } property
                && SymbolEqualityComparer.Default.Equals(property.Property, query.RowKey) && property.IsWritten());

    private bool IsPrimaryKey() => model.Entities.Describe(query.Row).Key.Contains(query.RowKey.Name);

    private bool HasNavigation(INamedTypeSymbol from, INamedTypeSymbol to) =>
        model.Entities.IsEntity(from) && model.Entities.Describe(from).Members.Any(member => member.IsNavigation && SymbolEqualityComparer.Default.Equals(member.Target, to));

    private bool IsConditional()
    {
        IOperation current = query.Call;
        for (; current.Parent is { } parent && current != loop.Repetition.Body; current = parent)
        {
            if ((parent is IConditionalOperation conditional && conditional.Condition != current) || (parent is ICoalesceOperation coalesce && coalesce.WhenNull == current)
                || (parent is IConditionalAccessOperation access && access.WhenNotNull == current) || parent is ISwitchCaseOperation or ISwitchExpressionArmOperation
                || (parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both && both.RightOperand == current))
            {
                return true;
            }
        }

        return loop.Repetition.Body.Descendants().Any(operation => operation is IBranchOperation or IReturnOperation { IsImplicit: false }
            && operation.Syntax.SpanStart < query.Call.Syntax.SpanStart && !query.Call.IsWithin(operation))
               || (loop.Repetition.Operation is ILoopOperation each && Exits.Of(each).Any());
    }
}
