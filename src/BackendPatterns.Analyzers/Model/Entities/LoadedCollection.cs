using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>A collection of other rows that a query loads with each of its rows.</summary>
/// <param name="Path">The path of the navigation from the row; in a projection from the row of the lambda that reads it.</param>
/// <param name="Place">The <c>Include</c>, or the expression in the projection.</param>
internal sealed record LoadedCollection(string Path, Location Place)
{
    /// <summary>Collections that are cut to so few elements multiply nothing worth mentioning.</summary>
    private const int Handful = 5;

    private const int MostCollections = 32;

    public static readonly LoadedCollection None = new("", Location.None);

    /// <summary>The collection in whose elements this one is read, in a projection; else null.</summary>
    private LoadedCollection? Outer { get; init; }

    /// <summary>True where the other collection belongs to the elements of this one, or is the same.</summary>
    public bool IsAbove(LoadedCollection other)
    {
        for (var current = other.Outer; current is not null; current = current.Outer)
        {
            if (ReferenceEquals(current, this))
                return true;
        }

        return Outer is null && other.Outer is null && !IsProjected
               && (other.Path == Path || other.Path.StartsWith(Path + ".", StringComparison.Ordinal));
    }

    private bool IsProjected { get; init; }

    /// <summary>Returns the collections that a query certainly includes: those that are not added under a condition, and those in its last part.</summary>
    public static List<LoadedCollection> IncludedBy(EagerLoading eager, QueryChain query, ITypeSymbol row)
    {
        var found = new Dictionary<string, LoadedCollection>(StringComparer.Ordinal);
        foreach (var include in eager.Includes)
        {
            if ((!eager.HasBranches && !include.IsOptional) || query.Operators.Contains(include.Call))
                AddAlong(include.Path, include.Call, row, found);
        }

        return found.Values.OrderBy(collection => collection.Place.SourceSpan.Start).ToList();
    }

    private static void AddAlong(string path, IInvocationOperation call, ITypeSymbol row, Dictionary<string, LoadedCollection> found)
    {
        var type = row;
        var before = "";
        foreach (var name in path.Split('.'))
        {
            if (PropertyOf(type, name) is not { } property)
                return;
            before = before.Length == 0 ? name : before + "." + name;
            type = property.Type;
            if (type.ElementTypeOfSequence() is not { } element)
                continue;
            type = element;
            if (found.Count < MostCollections && !found.ContainsKey(before) && !(before == path && TakesAHandful(call)))
                found.Add(before, new LoadedCollection(before, NameOf(call.Syntax)));
        }
    }

    /// <summary>Returns the collections of entities that a projection materialises, in source order. Counts, sums and tests of collections are no joins.</summary>
    public static List<LoadedCollection> ProjectedBy(IAnonymousFunctionOperation projection, BackendModel model)
    {
        var found = new List<LoadedCollection>();
        var pending = new Stack<(IOperation Part, LoadedCollection? Outer)>();
        pending.Push((projection.Body, null));
        while (pending.Count > 0)
        {
            var (part, outer) = pending.Pop();
            if (IsCollection(part, model) && found.Count < MostCollections && !TakesAHandful(part))
            {
                var collection = new LoadedCollection(PathOf(part), part.Syntax.GetLocation()) { Outer = outer, IsProjected = true };
                found.Add(collection);
                foreach (var lambda in ResultLambdasOf(part))
                    pending.Push((lambda.Body, collection));
                continue;
            }

            if (IsAnswerAbout(part))
                continue;
            foreach (var child in part.ChildOperations.Reverse())
                pending.Push((child, outer));
        }

        return found;
    }

    /// <summary>What an aggregate, a test or a comparison looks at is not loaded.</summary>
    private static bool IsAnswerAbout(IOperation part) => part switch
    {
        IInvocationOperation call => call.Receiver()?.Type.ElementTypeOfSequence() is not null,
        IPropertyReferenceOperation { Instance: { } instance } => instance.Type.ElementTypeOfSequence() is not null,
        IBinaryOperation comparison => comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull(),
        _ => false,
    };

    /// <summary>An expression whose value is a collection, and not only passes through another operator.</summary>
    private static bool IsCollection(IOperation part, BackendModel model)
    {
        if (part is not (IInvocationOperation or IPropertyReferenceOperation) || part.Type.ElementTypeOfSequence() is null)
            return false;
        return NavigationBelow(part) is { } navigation
               && model.Entities.Describe(navigation.Property.ContainingType).Member(navigation.Property.Name) is { Kind: EntityMemberKind.Collection, Target: { } target }
               && (model.Entities.IsEntity(target) || model.Entities.IsConfiguredHere(navigation.Property.ContainingType));
    }

    /// <summary>The navigation that a chain of operators starts from.</summary>
    private static IPropertyReferenceOperation? NavigationBelow(IOperation part)
    {
        var current = part.Unwrap();
        while (current is IInvocationOperation call && call.Receiver() is { } receiver)
            current = receiver.Unwrap();
        return current is IPropertyReferenceOperation { Instance: { } } reference && reference.Type.ElementTypeOfSequence() is not null ? reference : null;
    }

    private static string PathOf(IOperation part) => NavigationBelow(part)!.Property.Name;

    private static IEnumerable<IAnonymousFunctionOperation> ResultLambdasOf(IOperation part)
    {
        var current = part.Unwrap();
        while (current is IInvocationOperation call && call.Receiver() is { } receiver)
        {
            if (call.TargetMethod.Name is "Select" && call.ArgumentAt(1).AsLambda() is { } lambda)
                yield return lambda;
            current = receiver.Unwrap();
        }
    }

    /// <summary><c>Include(x => x.Lines.Take(3))</c>.</summary>
    private static bool TakesAHandful(IOperation part)
    {
        foreach (var inner in part.DescendantsAndSelf())
        {
            if (inner is IInvocationOperation { TargetMethod.Name: "Take" } take && take.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: <= Handful })
                return true;
        }

        return false;
    }

    private static Location NameOf(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList: var arguments }
            ? Location.Create(call.SyntaxTree, TextSpan.FromBounds(access.Name.SpanStart, arguments.Span.End))
            : call.GetLocation();

    private static IPropertySymbol? PropertyOf(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol property)
                    return property;
            }
        }

        return null;
    }
}
