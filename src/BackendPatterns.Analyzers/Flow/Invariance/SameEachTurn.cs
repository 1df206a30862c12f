using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Whether an expression has the same value in every turn, as far as its operands go: nothing in it is the element, is assigned in the region, or is a clock, a random
/// number or a counter. What the database answers is another question.
/// </summary>
public sealed class SameEachTurn
{
    private const int MostSteps = 2000;

    private static readonly string[] ChangingWords = ["Now", "UtcNow", "Today", "TickCount", "TickCount64", "Ticks", "NewGuid", "CreateVersion7", "Next", "Random", "Timestamp", "Elapsed", "Current"];

    private static readonly string[] AskingPrefixes = ["Get", "To", "As", "Is", "Has", "With", "By", "For", "Of", "From", "Build", "Format", "Normalize", "Parse", "Require", "Find"];

    private readonly IOperation _region;
    private readonly bool _isLoop;
    private readonly KnownLibraries _libraries;
    private readonly Stack<IOperation> _pending = new();
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    private SameEachTurn(IOperation region, bool isLoop, KnownLibraries libraries)
    {
        _region = region;
        _isLoop = isLoop;
        _libraries = libraries;
    }

    /// <summary>True where the value is the same in every turn of a loop.</summary>
    public static bool InLoop(IOperation expression, IOperation loop, KnownLibraries libraries) => new SameEachTurn(loop, isLoop: true, libraries).Holds(expression);

    /// <summary>True where the value is the same whenever a method runs with the same arguments.</summary>
    public static bool InMethod(IOperation expression, IOperation body, KnownLibraries libraries) => new SameEachTurn(body, isLoop: false, libraries).Holds(expression);

    private bool Holds(IOperation expression)
    {
        _pending.Push(expression);
        for (var steps = 0; _pending.Count > 0; steps++)
        {
            var current = _pending.Pop();
            if (steps == MostSteps || !IsSame(current, expression))
                return false;
            foreach (var child in current.ChildOperations)
                _pending.Push(child);
        }

        return true;
    }

    private bool IsSame(IOperation operation, IOperation expression)
    {
        switch (operation)
        {
            case ILocalReferenceOperation { Local: var local } reference:
                return local.IsConst || IsOwn(local, expression) || IsSameLocal(local, reference);
            case IParameterReferenceOperation { Parameter: var parameter } reference:
                return IsOwn(parameter, expression) || IsSameParameter(parameter, reference);
            case IFieldReferenceOperation { Field: var field } member:
                return field.IsConst || IsRowMember(member, expression) || IsSameField(field, member);
            case IPropertyReferenceOperation { Property: var property } member:
                return !IsChangingName(property.Name) && (IsRowMember(member, expression) || IsSameProperty(property, member));
            case IInvocationOperation call:
                return IsRepeatable(call.TargetMethod);
            case IObjectCreationOperation { Type: { } made }:
                return made.Name is not "Random";
            case ISimpleAssignmentOperation assignment:
                return assignment.Parent is IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation;
            case IMethodReferenceOperation group:
                return IsRepeatable(group.Method);
            case IAssignmentOperation or IIncrementOrDecrementOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IInvalidOperation:
                return false;
            default:
                return true;
        }
    }

    /// <summary>Declared by the expression itself: the parameter of a lambda, a pattern variable.</summary>
    private static bool IsOwn(ISymbol variable, IOperation expression) =>
        variable.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == expression.Syntax.SyntaxTree && expression.Syntax.Span.Contains(declaration.Span);

    private bool IsSameLocal(ILocalSymbol local, IOperation reference)
    {
        var values = LocalValues.Around(reference);
        if (IsDeclaredInRegion(local))
        {
            if (!_followed.Add(local))
                return true;
            var writes = values.WritesTo(local);
            foreach (var write in writes)
            {
                if (write is null)
                    return false;
                _pending.Push(write);
            }

            return writes.Count > 0 && !IsChanged(local, values);
        }

        return _isLoop && !IsChanged(local, values) && !IsAssigned(local);
    }

    private bool IsSameParameter(IParameterSymbol parameter, IOperation reference) =>
        !(_isLoop && IsDeclaredInRegion(parameter)) && !IsAssigned(parameter) && !IsChanged(parameter, LocalValues.Around(reference));

    private bool IsSameField(IFieldSymbol field, IFieldReferenceOperation reference)
    {
        if (IsContext(field.Type) || field.IsReadOnly)
            return true;
        return !field.IsStatic && _isLoop && reference.Instance is not IInstanceReferenceOperation && !IsAssigned(field);
    }

    private bool IsSameProperty(IPropertySymbol property, IPropertyReferenceOperation reference)
    {
        if (IsContext(property.Type))
            return true;
        if (property.IsIndexer && property.ContainingType.Name is "SqlDataReader" or "DbDataReader")
            return false;
        // A member of this class that can be set may be set by any method that the loop calls.
        if (reference.Instance is IInstanceReferenceOperation && property.SetMethod is { IsInitOnly: false } && property.ContainingType.TypeKind is not TypeKind.Interface)
            return false;
        return !IsAssigned(property);
    }

    /// <summary>A member of the row that the query itself walks over.</summary>
    private static bool IsRowMember(IMemberReferenceOperation member, IOperation expression)
    {
        IOperation? current = member;
        while (current is IMemberReferenceOperation { Instance: var instance })
            current = instance?.Unwrap();
        return current is IParameterReferenceOperation { Parameter: var row } && IsOwn(row, expression);
    }

    private static bool IsRepeatable(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return method.ContainingType.Name.StartsWith("Func", StringComparison.Ordinal);
        if (IsChangingName(method.Name) || method.ContainingType.Name is "Random" or "RandomNumberGenerator" or "Stopwatch")
            return false;
        var space = method.ContainingNamespace;
        if (space.IsBelow("System") || space.IsBelow("Microsoft.EntityFrameworkCore") || space.IsBelow("Microsoft.Extensions") || space.IsBelow("Microsoft.AspNetCore") || space.IsBelow("Dapper") || space.IsBelow("MongoDB"))
            return true;
        if (method.IsExtensionMethod && method.ReturnType.Name is "IQueryable" or "IIncludableQueryable" or "IOrderedQueryable")
            return true;
        foreach (var prefix in AskingPrefixes)
        {
            if (method.Name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return method.MethodKind is MethodKind.LocalFunction or MethodKind.Ordinary && method.ReturnType.IsTask() is false && method.ReturnType.Name is "IQueryable";
    }

    /// <summary>True for a name with one of the words in it: <c>GetNextNumber</c>, <c>UtcNow</c>; not <c>Context</c>.</summary>
    private static bool IsChangingName(string name)
    {
        foreach (var word in ChangingWords)
        {
            var at = name.IndexOf(word, StringComparison.Ordinal);
            if (at < 0 || (at + word.Length < name.Length && char.IsLower(name[at + word.Length])))
                continue;
            if (word is not "Current" || name.Length == word.Length)
                return true;
        }

        return false;
    }

    private bool IsDeclaredInRegion(ISymbol variable) =>
        variable.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == _region.Syntax.SyntaxTree && _region.Syntax.Span.Contains(declaration.Span)
            || variable.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>The object in the variable is changed in the region: an item added, a member set.</summary>
    private bool IsChanged(ISymbol variable, LocalValues values)
    {
        // db.Add(row) changes what is tracked, not what the database answers.
        if (variable is ILocalSymbol { Type: var local } && IsContext(local) || variable is IParameterSymbol { Type: var given } && IsContext(given))
            return false;
        foreach (var place in values.ReferencesTo(variable))
        {
            if (_region.Syntax.Span.Contains(place.Syntax.Span) && place.IsChangedInPlace() && !IsDeclarationOf(place))
                return true;
        }

        return false;
    }

    private bool IsContext(ITypeSymbol type) => _libraries.EntityFrameworkCore is { } entityFramework && (entityFramework.IsDbContext(type) || entityFramework.IsDbSet(type));

    private static bool IsDeclarationOf(IOperation place) => place is ILocalReferenceOperation { IsDeclaration: true } || place.IsWritten();

    private bool IsAssigned(ISymbol symbol)
    {
        foreach (var operation in _region.DescendantsAndSelf())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is not null && target.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(part.ReferencedSymbol(), symbol)) && !IsInitializer(operation))
                return true;
        }

        return false;
    }

    private static bool IsInitializer(IOperation assignment) => assignment.Parent is IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation;
}
