using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Reads the text that a <c>StringBuilder</c> holds.</summary>
internal sealed class SqlBuilders(SqlTextReader reader, SqlCalls calls)
{
    private const int MaximumChain = 500;

    /// <summary>Reads the text of an expression of type <c>StringBuilder</c>: a local, a new one, or a chain of calls on one.</summary>
    public void Read(SqlPart part)
    {
        var chain = new Stack<IInvocationOperation>();
        var current = part.Operation.Unwrap();
        while (current is IInvocationOperation { Instance: { } instance } call && chain.Count < MaximumChain)
        {
            chain.Push(call);
            current = instance.Unwrap();
        }

        var parts = new List<SqlPart>();
        if (current is IObjectCreationOperation creation)
            AddFirstText(creation, part, parts);
        else if (current is ILocalReferenceOperation local && part.Scope.Reading(local.Local) is { } scope)
            AddLocal(local, part with { Scope = scope }, parts);
        while (chain.Count > 0)
            AddCall(chain.Pop(), part, parts);
        reader.Push(parts);
    }

    private void AddLocal(ILocalReferenceOperation local, SqlPart part, List<SqlPart> parts)
    {
        var values = LocalValues.Around(local);
        foreach (var value in values.WritesTo(local.Local))
        {
            if (value?.Unwrap() is IObjectCreationOperation creation)
                AddFirstText(creation, part, parts);
        }

        foreach (var reference in values.ReferencesTo(local.Local))
        {
            if (reference.Syntax.SpanStart >= local.Syntax.SpanStart)
                break;
            var current = reference;
            for (var i = 0; i < MaximumChain && current.Parent is IInvocationOperation call && call.Instance == current; i++)
            {
                AddCall(call, part, parts);
                current = call;
            }
        }
    }

    private static void AddFirstText(IObjectCreationOperation creation, SqlPart part, List<SqlPart> parts)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType is SpecialType.System_String)
                parts.Add(part with { Operation = argument.Value });
        }
    }

    private void AddCall(IInvocationOperation call, SqlPart part, List<SqlPart> parts)
    {
        switch (call.TargetMethod.Name)
        {
            case "Append" or "AppendLine" when call.Arguments.Length > 0:
                // The handler of an interpolated text is the last argument, after the builder and a format provider.
                foreach (var argument in call.Arguments)
                {
                    if (argument.Parameter is { Type: { SpecialType: SpecialType.System_String or SpecialType.System_Object } or { Name: "AppendInterpolatedStringHandler" } })
                        parts.Add(part with { Operation = argument.Value });
                }

                break;
            case "AppendFormat":
                parts.AddRange(calls.FormatOf(part, call));
                break;
            case "AppendJoin":
                parts.Add(part with { Operation = call.Arguments[^1].Value, IsSequence = true });
                break;
        }

        if (call.TargetMethod.Name is "AppendLine")
            parts.Add(part with { Text = "\n" });
    }
}
