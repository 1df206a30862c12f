using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Reads the texts in a sequence: of an array, a list that is added to, a LINQ query in memory.</summary>
internal sealed class SqlSequences(SqlTextReader reader, SqlCalls calls)
{
    private static readonly HashSet<string> SameElements = new(StringComparer.Ordinal)
    {
        "Where", "Distinct", "OrderBy", "OrderByDescending", "Order", "ToList", "ToArray", "ToHashSet", "Take", "Skip", "AsEnumerable", "Reverse", "Cast", "AsReadOnly", "ToImmutableArray",
    };

    private static readonly HashSet<string> AddingMethods = new(StringComparer.Ordinal) { "Add", "AddRange", "Insert", "Enqueue", "Push" };

    public void Read(SqlPart part)
    {
        if (part.Operation.Type?.ElementTypeOfSequence() is { SpecialType: not SpecialType.System_String } element && SqlTextReader.IsPlainValue(element))
        {
            reader.Text(" ");
            return;
        }

        switch (part.Operation)
        {
            case IArrayCreationOperation { Initializer.ElementValues: var values }:
                reader.Push(values.Select(value => part with { Operation = value, IsSequence = false }).ToList());
                break;
            case var given when given.IsParamsCollection():
                reader.Push(given.ChildOperations.Select(value => part with { Operation = value, IsSequence = false }).ToList());
                break;
            case IObjectCreationOperation creation:
                ReadCreation(part, creation);
                break;
            case ILocalReferenceOperation local when part.Scope.Reading(local.Local) is { } scope:
                ReadLocal(part with { Scope = scope }, local);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when part.Scope.ValueOf(parameter) is { } value:
                reader.Push([value]);
                break;
            case IInvocationOperation call:
                ReadCall(part, call);
                break;
            case { Syntax: CollectionExpressionSyntax collection, SemanticModel: { } semantics }:
                // Collection expressions have no operation of their own in Roslyn 4.8; their elements are bound one by one.
                reader.Push(collection.Elements.OfType<ExpressionElementSyntax>().Select(item => semantics.GetOperation(item.Expression)).OfType<IOperation>()
                    .Select(item => part with { Operation = item, IsSequence = false }).ToList());
                break;
            default:
                reader.Leaf(part);
                break;
        }
    }

    private void ReadCreation(SqlPart part, IObjectCreationOperation creation)
    {
        var parts = new List<SqlPart>();
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Type.ElementTypeOfSequence() is not null)
                parts.Add(part with { Operation = argument.Value });
        }

        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initializer is IInvocationOperation { Arguments: [var only] })
                parts.Add(part with { Operation = only.Value, IsSequence = false });
        }

        reader.Push(parts);
    }

    private void ReadLocal(SqlPart part, ILocalReferenceOperation local)
    {
        var parts = SqlLocals.ValuesBefore(local).Select(value => part with { Operation = value }).ToList();
        foreach (var reference in LocalValues.Around(local).ReferencesTo(local.Local))
        {
            if (reference.Syntax.SpanStart < local.Syntax.SpanStart && reference.Parent is IInvocationOperation { Instance: { } instance, Arguments.Length: > 0 } call && instance == reference
                && AddingMethods.Contains(call.TargetMethod.Name))
            {
                parts.Add(part with { Operation = call.Arguments[^1].Value, IsSequence = call.TargetMethod.Name is "AddRange" });
            }
        }

        reader.Push(parts);
    }

    private void ReadCall(SqlPart part, IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (call.TargetMethod.ContainingType is { SpecialType: SpecialType.System_String } && name is "Split" && call.Instance is { } text)
            reader.Push([part with { Operation = text, IsSequence = false }]);
        else if (name is "Select" && call.Arguments.Length == 2 && call.Receiver() is { } source && call.Arguments[1].Value.AsLambda() is { Symbol.Parameters: [var element, ..] } lambda)
            reader.Push(Returned(lambda).Select(value => new SqlPart(value, part.Scope.ForElements(element, source))).ToList());
        else if (SameElements.Contains(name) && call.Receiver() is { } receiver)
            reader.Push([part with { Operation = receiver }]);
        else if (name is "Repeat" && call.TargetMethod.ContainingType.IsIn("System.Linq"))
            reader.Push([part with { Operation = call.Arguments[0].Value, IsSequence = false }]);
        else if (calls.ReturnedBy(call) is { Count: > 0 } returned && part.Scope.Called(call) is { } scope)
            reader.Push(returned.Select(value => new SqlPart(value, scope, IsSequence: true)).ToList());
    }

    private static IEnumerable<IOperation> Returned(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] ? [value] : [];
}
