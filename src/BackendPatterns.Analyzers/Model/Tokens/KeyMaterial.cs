using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>The constant that a key is made of.</summary>
/// <param name="Constant">The text or bytes as they are written.</param>
/// <param name="InMember">The last expression on the way to the constant that stands in the same member as the key: the constant itself, or the name of a field that holds it.</param>
public sealed record KeyMaterial(IOperation Constant, IOperation InMember)
{
    private const int MostSteps = 16;

    // What only changes the form of a text or of bytes.
    private static readonly HashSet<string> Conversions = new(StringComparer.Ordinal)
    {
        "GetBytes", "FromBase64String", "FromHexString", "DecodeBytes", "Base64UrlDecode", "ToArray", "HashData", "ComputeHash", "PadRight", "PadLeft", "Trim", "ToCharArray",
    };

    /// <summary>Returns the constant that a key's bytes come from, through locals, readonly fields and conversions; null where they come from elsewhere.</summary>
    public static KeyMaterial? Of(IOperation bytes, BackendModel model, CancellationToken cancellation)
    {
        var member = bytes.Root();
        var (current, inMember) = (bytes.Unwrap(), bytes.Unwrap());
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (WrittenValue.Of(current, model, cancellation) is not { } written)
                return null;
            if (written is not IUtf8StringOperation && ReferenceEquals(written.Root(), member))
                inMember = written;
            switch (written)
            {
                case { ConstantValue: { HasValue: true, Value: string { Length: > 0 } } }:
                case IUtf8StringOperation:
                case IArrayCreationOperation { Initializer.ElementValues: { IsEmpty: false } elements } when AreConstants(elements):
                    return new KeyMaterial(written, inMember);
                case IInvocationOperation call when Conversions.Contains(call.TargetMethod.Name) && SourceOf(call) is { } source:
                    current = source.Unwrap();
                    // "…"u8.ToArray(): the call is what has the type of a key.
                    if (current is not IUtf8StringOperation && ReferenceEquals(current.Root(), member))
                        inMember = current;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Returns the text or bytes that a conversion starts from: the string or span that it is called on, else its first argument.</summary>
    private static IOperation? SourceOf(IInvocationOperation call) =>
        call.Instance is { } instance && (instance.Type?.SpecialType is SpecialType.System_String || call.TargetMethod.Parameters.IsEmpty) ? instance : call.ArgumentAt(0);

    private static bool AreConstants(ImmutableArray<IOperation> elements)
    {
        foreach (var element in elements)
        {
            if (!element.Unwrap().ConstantValue.HasValue)
                return false;
        }

        return true;
    }
}
