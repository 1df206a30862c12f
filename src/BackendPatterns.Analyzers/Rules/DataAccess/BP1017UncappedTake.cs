using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A <c>Take</c> of as many rows as a caller of the application wants; the analyzer and its fix ask the same question.</summary>
/// <param name="Call">The call of <c>Take</c>.</param>
/// <param name="Size">The value that decides how many: <c>size</c> in <c>Take(size + 1)</c>.</param>
public sealed record BP1017UncappedTake(IInvocationOperation Call, IOperation Size)
{
    /// <summary>The names without which a member has none.</summary>
    internal static readonly MentionedNames Names = new(["Take"]);

    /// <summary>Returns the finding that a call is, or null where it takes no rows of a database, a limited number of them, or where that is not known.</summary>
    public static BP1017UncappedTake? Of(IInvocationOperation call, BackendModel model)
    {
        if (call.TargetMethod is not { Name: "Take", ContainingType.Name: "Queryable" } method || !method.ContainingType.IsIn("System.Linq")
            || call.ArgumentAt(1) is not { ConstantValue.HasValue: false, Type.SpecialType: SpecialType.System_Int32 } count || call.ArgumentAt(0) is not { } query)
        {
            return null;
        }

        return RequestValues.PartOf(count) is { } size && model.Endpoints?.RequestValues.AreUnlimited(size) == true
               && model.DataAccess.QueryOf(query) is { Provider: not QueryProvider.Memory } && !call.IsInExpressionTree(model.Libraries.Linq.Expression)
            ? new BP1017UncappedTake(call, size)
            : null;
    }
}
