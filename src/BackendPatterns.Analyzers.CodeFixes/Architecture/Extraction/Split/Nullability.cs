using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>How the nullability that the compiler has found out is written in a signature.</summary>
internal static class Nullability
{
    /// <summary>Returns the type with <c>?</c> where its value may be null, and without where it is not; without any where the file does not speak of null.</summary>
    public static ITypeSymbol Of(ITypeSymbol type, NullableFlowState state, int position, SplitScope scope)
    {
        if (!scope.Semantics.GetNullableContext(position).AnnotationsEnabled())
            return type.WithNullableAnnotation(NullableAnnotation.None);
        if (type.IsValueType || type.TypeKind is TypeKind.Dynamic)
            return type;
        return state switch
        {
            NullableFlowState.MaybeNull => type.WithNullableAnnotation(NullableAnnotation.Annotated),
            NullableFlowState.NotNull => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
            _ => type,
        };
    }
}
