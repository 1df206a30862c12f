using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>
/// Reads how a SQL text is put together, in the order of the text: through interpolation, concatenation, formatting, joining, locals that are added to,
/// lists of clauses, <c>StringBuilder</c> and helper methods with a visible body.
/// </summary>
public sealed class SqlTextReader
{
    private const int MaximumSteps = 2000;

    private readonly BackendModel _model;
    private readonly CancellationToken _cancellation;
    private readonly Stack<SqlPart> _pending = new();
    private readonly SqlCursor _cursor = new();
    private readonly SqlCalls _calls;
    private readonly List<SqlHole> _holes = [];

    private SqlTextReader(BackendModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
        _calls = new SqlCalls(model, this);
    }

    /// <summary>Returns the texts that are shown not to be constant and go into a statement, in the order of the statement; empty where none is shown.</summary>
    public static IReadOnlyList<SqlHole> HolesIn(IOperation text, BackendModel model, CancellationToken cancellation)
    {
        // A method that hands its text on is reported where it is called.
        if (text.Unwrap() is IParameterReferenceOperation { Parameter.Name: var name } && SqlWrappers.MayBeSql(name))
            return [];
        var reader = new SqlTextReader(model, cancellation);
        reader._pending.Push(new SqlPart(text, SqlScope.Outermost));
        for (var steps = 0; steps < MaximumSteps && reader._pending.Count > 0; steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(reader._pending.Pop());
        }

        return reader._cursor.IsStatement ? reader._holes : [];
    }

    /// <summary>Reads these next, the first one first, before what was pushed earlier.</summary>
    internal void Push(IReadOnlyList<SqlPart> parts)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
            _pending.Push(parts[i]);
    }

    internal void Text(string text) => _cursor.Read(text);

    /// <summary>A value that cannot be followed further.</summary>
    internal void Leaf(SqlPart part)
    {
        var position = _cursor.Position();
        _cursor.ReadUnknown();
        switch (SqlValues.OriginOf(part.Operation, _model, _cancellation))
        {
            case SqlOrigin.Request:
            case SqlOrigin.Text when position is not SqlPosition.Fragment:
                if (!SqlNames.IsFragment(part.Operation, _cursor.IsQuoted) && !SqlValidation.Guards(part.Operation))
                    _holes.Add(new SqlHole(part.Operation, position));
                break;
        }
    }

    private void Read(SqlPart part)
    {
        if (part.Text is { } text)
        {
            _cursor.Read(text);
            return;
        }

        var operation = part.Operation.Unwrap();
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            _cursor.Read(constant?.ToString() ?? "");
            return;
        }

        part = part with { Operation = operation };
        if (part.IsSequence)
            _calls.Elements.Read(part);
        else if (IsPlainValue(operation.Type))
            _cursor.ReadUnknown();
        else
            ReadText(part);
    }

    private void ReadText(SqlPart part)
    {
        switch (part.Operation)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Push([part with { Operation = sum.LeftOperand }, part with { Operation = sum.RightOperand }]);
                break;
            case IInterpolatedStringOperation interpolated:
                ReadInterpolated(part, interpolated);
                break;
            case IInterpolatedStringHandlerCreationOperation handler:
                Push([part with { Operation = handler.Content }]);
                break;
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                Push([part with { Operation = choice.WhenTrue }, part with { Operation = whenFalse }]);
                break;
            case ICoalesceOperation coalesce:
                Push([part with { Operation = coalesce.Value }, part with { Operation = coalesce.WhenNull }]);
                break;
            case ISwitchExpressionOperation choice:
                Push(choice.Arms.Select(arm => part with { Operation = arm.Value }).ToList());
                break;
            case IConversionOperation { OperatorMethod: not null } conversion when conversion.Operand.Type is { Name: "StringValues" }:
                Push([part with { Operation = conversion.Operand }]);
                break;
            case IAwaitOperation awaited:
                Push([part with { Operation = awaited.UnwrapAwait() }]);
                break;
            case ILocalReferenceOperation local:
                ReadLocal(part, local);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when part.Scope.ValueOf(parameter) is { } value:
                Push([value]);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when SqlCallers.ArgumentsFor(parameter, _model, _cancellation) is { Count: > 0 } arguments
                                                                                && part.Scope.Reading(parameter) is { } scope:
                Push(arguments.Select(argument => new SqlPart(argument, scope)).ToList());
                break;
            case IInvocationOperation call:
                _calls.Read(part, call);
                break;
            case IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }:
                break;
            default:
                Leaf(part);
                break;
        }
    }

    private void ReadInterpolated(SqlPart part, IInterpolatedStringOperation interpolated)
    {
        var parts = new List<SqlPart>(interpolated.Parts.Length);
        foreach (var piece in interpolated.Parts)
        {
            var value = piece switch
            {
                IInterpolatedStringTextOperation text => text.Text,
                IInterpolationOperation hole => hole.Expression,
                IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [var first, ..] } } => first.Value,
                _ => null,
            };
            if (value is not null)
                parts.Add(part with { Operation = value });
        }

        Push(parts);
    }

    private void ReadLocal(SqlPart part, ILocalReferenceOperation reference)
    {
        if (part.Scope.Reading(reference.Local) is not { } scope || SqlValidation.Guards(reference))
        {
            _cursor.ReadUnknown();
            return;
        }

        if (SqlLocals.LoopOver(reference) is { } loop)
        {
            Push([new SqlPart(loop.Collection, scope, IsSequence: true)]);
            return;
        }

        var values = SqlLocals.ValuesBefore(reference);
        if (values.Count == 0)
            _cursor.ReadUnknown();
        Push(values.Select(value => new SqlPart(value, scope)).ToList());
    }

    /// <summary>Numbers, identifiers, dates, flags and enums: their text cannot change a statement.</summary>
    public static bool IsPlainValue(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
            type = inner;
        return type is { TypeKind: TypeKind.Enum }
            || type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char or SpecialType.System_DateTime or SpecialType.System_IntPtr }
            || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "BigInteger" or "Int128" or "Ulid" };
    }
}
