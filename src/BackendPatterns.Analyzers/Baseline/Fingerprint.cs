using System.Globalization;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>
/// What a report looks like inside its member, written <c>3f2a9c1d0b4e.0-77ab01c29d10.0</c>. Neither line nor file is part of it.
/// </summary>
/// <param name="Text">A hash of the words of the reported code.</param>
/// <param name="TextIndex">How many equal texts stand before it in the member.</param>
/// <param name="Shape">A hash of the same without names, which a rename leaves alone.</param>
/// <param name="ShapeIndex">How many equal shapes stand before it in the member.</param>
public readonly record struct Fingerprint(ulong Text, int TextIndex, ulong Shape, int ShapeIndex)
{
    private const int Digits = 12;

    /// <summary>The bits of a hash that are written down.</summary>
    public const ulong Mask = (1UL << (Digits * 4)) - 1;

    public override string ToString() => $"{Part(Text, TextIndex)}-{Part(Shape, ShapeIndex)}";

    /// <summary>The fingerprint that <see cref="ToString"/> writes, or null for any other text.</summary>
    public static Fingerprint? Parse(string text)
    {
        var dash = text.IndexOf('-');
        return dash > 0 && PartOf(text.Substring(0, dash)) is var (exact, exactIndex) && PartOf(text.Substring(dash + 1)) is var (shape, shapeIndex)
            ? new Fingerprint(exact, exactIndex, shape, shapeIndex)
            : null;
    }

    private static string Part(ulong hash, int index) => string.Format(CultureInfo.InvariantCulture, "{0:x12}.{1}", hash, index);

    private static (ulong Hash, int Index)? PartOf(string text) =>
        text.Length > Digits + 1 && text[Digits] == '.'
        && ulong.TryParse(text.Substring(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
        && int.TryParse(text.Substring(Digits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (hash, index)
            : null;
}
