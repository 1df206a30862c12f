using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Logging;

/// <summary>Which of the values in front of a log are secrets in clear text.</summary>
internal sealed class SecretValues(BackendModel model, CancellationToken cancellation)
{
    private const int MostSteps = 16;

    private static readonly string[] Masks =
        ["Mask", "Redact", "Hash", "Obfuscate", "Truncate", "Sanitize", "Anonymize", "Scrub", "Hide", "Censor", "Encrypt", "Protect", "Shorten", "Left", "Right"];

    private static readonly string[] TextReaders = ["Tokenizer", "Parser", "Lexer", "Scanner", "Compiler", "Template"];

    /// <summary>Returns the name of the secret that a value is, or null: for <c>user.Password ?? ""</c> and <c>token.ToString()</c> the one below.</summary>
    public string? NameIn(IOperation value)
    {
        var steps = 0;
        return NameIn(value, ref steps);
    }

    /// <summary>True for a type that holds text or bytes.</summary>
    public static bool IsText(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_String } => true,
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char or SpecialType.System_Byte or SpecialType.System_String } => true,
        { Name: "StringValues" } => type.IsIn("Microsoft.Extensions.Primitives"),
        _ => false,
    };

    private string? NameIn(IOperation value, ref int steps)
    {
        value = value.Unwrap();
        if (++steps > MostSteps || value.ConstantValue.HasValue)
            return null;
        switch (value)
        {
            case IConversionOperation { Operand: var converted }:
                return NameIn(converted, ref steps);
            case ICoalesceOperation choice:
                return NameIn(choice.Value, ref steps) ?? NameIn(choice.WhenNull, ref steps);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return NameIn(choice.WhenTrue, ref steps) ?? NameIn(otherwise, ref steps);
            case IConditionalAccessOperation access:
                return NameIn(access.WhenNotNull, ref steps);
            case IInvocationOperation { TargetMethod: { Name: "ToString" or "Trim", Parameters.IsEmpty: true }, Instance: { } instance }:
                return NameIn(instance, ref steps);
            case IInvocationOperation { TargetMethod: { Name: "GetConnectionString", ContainingType.Name: "ConfigurationExtensions" } getter }:
                return getter.Name;
            case IAnonymousObjectCreationOperation parts:
                foreach (var part in parts.Initializers)
                {
                    if (part is ISimpleAssignmentOperation { Value: var inner } && NameIn(inner, ref steps) is { } name)
                        return name;
                }

                return null;
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                return NameOfEntry(indexer);
            default:
                return IsText(value.Type) && value.ReferencedSymbol() is { } symbol && SecretNames.Contain(symbol.Name) && !IsHarmless(value, symbol) ? symbol.Name : null;
        }
    }

    /// <summary><c>configuration["Jwt:Secret"]</c>, <c>request.Headers["Authorization"]</c>.</summary>
    private static string? NameOfEntry(IPropertyReferenceOperation indexer)
    {
        if (indexer.Arguments is not [{ Value.ConstantValue: { HasValue: true, Value: string key } }])
            return null;
        return indexer.Property.ContainingType.Name switch
        {
            "IConfiguration" or "IConfigurationSection" or "ConfigurationManager" => SecretNames.Contain(key) ? key : null,
            "IHeaderDictionary" => SecretNames.Contain(key) || key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? key : null,
            _ => null,
        };
    }

    private bool IsHarmless(IOperation value, ISymbol symbol)
    {
        switch (value)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation:
                if (IsPieceOfText(value, symbol))
                    return true;
                foreach (var write in LocalValues.Around(value).WritesTo(symbol))
                {
                    if (write is not null && IsUnreadable(write, depth: 0))
                        return true;
                }

                return false;
            // A fixed text is the name of a header or claim.
            case IFieldReferenceOperation { Field.IsStatic: true } or IPropertyReferenceOperation { Property.IsStatic: true }:
                return WrittenValue.Of(value, model, cancellation)?.ConstantValue.HasValue == true;
            default:
                return false;
        }
    }

    /// <summary>The value of a call that masks, a part of a text, a constant, or a choice between such.</summary>
    private static bool IsUnreadable(IOperation value, int depth)
    {
        value = value.UnwrapAwait();
        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: not null and not "" } }:
                return true;
            case IConditionalOperation { WhenFalse: { } otherwise } choice when depth < MostSteps:
                return (choice.WhenTrue.ConstantValue.HasValue || IsUnreadable(choice.WhenTrue, depth + 1)) && (otherwise.ConstantValue.HasValue || IsUnreadable(otherwise, depth + 1));
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.SpecialType: SpecialType.System_String } }:
                return true;
            case IInvocationOperation call when IsOfSqlite(call.Instance?.Type):
                return true;
            // Substring(7) leaves the secret behind a prefix; Substring(0, 4) is a piece of it.
            case IInvocationOperation { TargetMethod: { Name: "Substring", ContainingType.SpecialType: SpecialType.System_String }, Arguments.Length: 2 }:
                return true;
            case IInvocationOperation call:
                return NameWords.StartsWithAny(call.TargetMethod.Name, Masks);
            default:
                // token[..4]: how a part of a text is represented depends on the version of the compiler.
                return value.Syntax is ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: RangeExpressionSyntax }] };
        }
    }

    // The path of a file, without a password.
    private static bool IsOfSqlite(ITypeSymbol? type) => type is not null && type.Name.StartsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>A token that a parser reads, or the loop variable over pieces of a text.</summary>
    private static bool IsPieceOfText(IOperation value, ISymbol symbol)
    {
        if (!symbol.Name.Equals("token", StringComparison.OrdinalIgnoreCase))
            return false;
        for (var owner = symbol.ContainingSymbol; owner is IMethodSymbol or INamedTypeSymbol; owner = owner.ContainingSymbol)
        {
            foreach (var reader in TextReaders)
            {
                if (owner.Name.IndexOf(reader, StringComparison.Ordinal) >= 0)
                    return true;
            }
        }

        for (var parent = value.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && loop.Locals.Contains(symbol, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }
}
