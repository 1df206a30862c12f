using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Reads the text that a call returns.</summary>
internal sealed class SqlCalls
{
    private const int MaximumReturns = 8;

    private readonly BackendModel _model;
    private readonly SqlTextReader _reader;
    private readonly SqlBuilders _builders;

    public SqlCalls(BackendModel model, SqlTextReader reader)
    {
        _model = model;
        _reader = reader;
        Elements = new SqlSequences(reader, this);
        _builders = new SqlBuilders(reader, this);
    }

    /// <summary>Reads sequences of texts.</summary>
    public SqlSequences Elements { get; }

    public void Read(SqlPart part, IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.SpecialType is SpecialType.System_String)
            ReadString(part, call);
        else if (method.Name is "ToString" && call.Instance is { } instance)
            ReadToString(part, instance.Unwrap());
        else if (!SqlNames.Quotes(method.Name))
            ReadHelper(part, call);
        else
            _reader.Text(" ");
    }

    /// <summary>Returns the format of <c>string.Format</c> or <c>AppendFormat</c> with its values in their places.</summary>
    public IReadOnlyList<SqlPart> FormatOf(SqlPart part, IInvocationOperation call)
    {
        var values = new List<SqlPart>();
        string? format = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name is "format")
                format = argument.Value.ConstantValue.Value as string;
            else if (argument.ParamsValues() is { } given)
                values.AddRange(given.Select(value => part with { Operation = value }));
            else if (argument.Parameter?.Name is not "provider" && argument.Value.Unwrap() is IArrayCreationOperation { Initializer.ElementValues: var elements })
                values.AddRange(elements.Select(element => part with { Operation = element }));
            else if (argument.Parameter?.Name is not "provider")
                values.Add(part with { Operation = argument.Value });
        }

        return format is null ? values : Filled(format, values, part);
    }

    private static List<SqlPart> Filled(string format, List<SqlPart> values, SqlPart part)
    {
        var parts = new List<SqlPart>();
        var start = 0;
        for (var open = format.IndexOf('{'); open >= 0; open = format.IndexOf('{', start))
        {
            var close = format.IndexOf('}', open);
            if (close < 0)
                break;
            var inner = format.Substring(open + 1, close - open - 1).Split(',', ':')[0];
            parts.Add(part with { Text = format.Substring(start, open - start) });
            start = close + 1;
            if (int.TryParse(inner, out var index) && index < values.Count)
                parts.Add(values[index]);
        }

        parts.Add(part with { Text = format.Substring(start) });
        return parts;
    }

    private void ReadString(SqlPart part, IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "Format":
                _reader.Push(FormatOf(part, call));
                break;
            case "Concat" or "Join":
                ReadArguments(part, call, skipped: call.TargetMethod.Name is "Join" ? "separator" : null);
                break;
            case "Replace" when IsDoublingQuotes(call):
                _reader.Text(" ");
                break;
            case "Replace" when call.Instance is { } template:
                ReadTemplate(part, call, template);
                break;
            case "Trim" or "TrimStart" or "TrimEnd" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Substring" or "PadLeft" or "PadRight" or "Normalize"
                or "ToString" or "Remove" when call.Instance is { } receiver:
                _reader.Push([part with { Operation = receiver }]);
                break;
            default:
                _reader.Leaf(part);
                break;
        }
    }

    private void ReadArguments(SqlPart part, IInvocationOperation call, string? skipped)
    {
        var parts = new List<SqlPart>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Name != skipped)
                parts.Add(part with { Operation = argument.Value, IsSequence = argument.IsParams() || parameter.Type.ElementTypeOfSequence() is not null });
        }

        _reader.Push(parts);
    }

    /// <summary><c>name.Replace("'", "''")</c>: inside of quotes the value stays a value.</summary>
    private static bool IsDoublingQuotes(IInvocationOperation call) =>
        call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: "'" or '\'' } }, { Value.ConstantValue: { HasValue: true, Value: "''" or "\\'" } }, ..];

    /// <summary><c>template.Replace("{name}", name)</c>: the value stands where the template names it.</summary>
    private void ReadTemplate(SqlPart part, IInvocationOperation call, IOperation template)
    {
        template = template.Unwrap();
        if (template is ILocalReferenceOperation local && LocalValues.Around(local).OnlyValueOf(local.Local) is { } only)
            template = only.Unwrap();
        var value = part with { Operation = call.Arguments[1].Value };
        if (template.ConstantValue is { HasValue: true, Value: string text } && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string placeholder }
            && text.IndexOf(placeholder, StringComparison.Ordinal) is >= 0 and var at)
        {
            _reader.Push([part with { Text = text.Substring(0, at) }, value, part with { Text = text.Substring(at + placeholder.Length) }]);
        }
        else
        {
            _reader.Push([part with { Operation = template }]);
        }
    }

    private void ReadToString(SqlPart part, IOperation instance)
    {
        if (instance.Type is { Name: "StringBuilder" })
            _builders.Read(part with { Operation = instance });
        else if (instance.Type is { Name: "StringValues" } or { SpecialType: SpecialType.System_String })
            _reader.Push([part with { Operation = instance }]);
        else if (SqlTextReader.IsPlainValue(instance.Type))
            _reader.Text(" ");
        else
            _reader.Leaf(part);
    }

    private void ReadHelper(SqlPart part, IInvocationOperation call)
    {
        var returned = ReturnedBy(call);
        if (returned.Count == 0 || part.Scope.Called(call) is not { } scope)
        {
            _reader.Leaf(part);
            return;
        }

        _reader.Push(returned.Select(value => new SqlPart(value, scope, part.IsSequence)).ToList());
    }

    /// <summary>Returns what a method with one visible body returns; empty where another body may run, or none is visible.</summary>
    public IReadOnlyList<IOperation> ReturnedBy(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.IsAbstract || (method.IsVirtual && method.ContainingType is { IsSealed: false }) || _model.BodyOf(method) is not { } body)
            return [];
        var returned = new List<IOperation>();
        var function = body.EnclosingFunction();
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } value } && ReferenceEquals(operation.EnclosingFunction(), function))
                returned.Add(value);
            if (returned.Count > MaximumReturns)
                return [];
        }

        return returned;
    }
}
