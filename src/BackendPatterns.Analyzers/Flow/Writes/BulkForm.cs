using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Whether the library has a way to write many elements in one round trip; a loop of writes that have none is no mistake.</summary>
public static class BulkForm
{
    public static bool Exists(RoundTrip write, Repetition repetition, bool isDirect, ValueFlow element)
    {
        if (write.Operation is not IInvocationOperation call)
            return true;
        var name = call.TargetMethod.Name;
        return write.Library switch
        {
            // AddToRolesAsync and AddClaimsAsync take many roles and claims, but of one user; users are created and changed one by one.
            DataLibrary.Identity => isDirect && name is "AddToRoleAsync" or "RemoveFromRoleAsync" or "AddClaimAsync" or "RemoveClaimAsync"
                                    && call.ArgumentAt(0) is { } owner && !element.Reaches(owner) && repetition.Kind is not RepetitionKind.PerItemCall,
            DataLibrary.MongoDb => !(name.StartsWith("FindOneAnd", StringComparison.Ordinal) || name.StartsWith("BulkWrite", StringComparison.Ordinal) || name.StartsWith("InsertMany", StringComparison.Ordinal)),
            DataLibrary.Dapper => !IsTextOfElement(call.Argument("sql"), isDirect, element),
            DataLibrary.AdoNet => isDirect && !IsInProcess(call) && !MakesText(repetition),
            DataLibrary.EntityFrameworkCore => !IsTextOfElement(name.StartsWith("ExecuteSqlRaw", StringComparison.Ordinal) ? call.Argument("sql") : null, isDirect, element)
                                               && !(name.StartsWith("Execute", StringComparison.Ordinal) && isDirect && IsAnswerUsed(call)),
            _ => true,
        };
    }

    /// <summary>A list of scripts, tables or schemas is so many different statements. Behind calls a text that is put together may be one of them.</summary>
    private static bool IsTextOfElement(IOperation? sql, bool isDirect, ValueFlow element) =>
        sql is not null && (isDirect ? element.Reaches(sql) : !sql.Unwrap().ConstantValue.HasValue);

    private static bool MakesText(Repetition repetition) =>
        repetition.Body.DescendantsAndSelf().Any(operation => operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" }, Value.ConstantValue.HasValue: false } => true,
            IObjectCreationOperation { Type.Name: var made, Arguments: [{ Value: { Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } }, ..] } => made.EndsWith("Command", StringComparison.Ordinal),
            _ => false,
        });

    /// <summary>A prepared statement in a loop is how SQLite is filled: https://learn.microsoft.com/dotnet/standard/data/sqlite/bulk-insert</summary>
    private static bool IsInProcess(IInvocationOperation call) => call.Instance?.Type?.Name.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the row was there is asked per element; adding the counts up is not.</summary>
    private static bool IsAnswerUsed(IInvocationOperation call) =>
        call.WalkUpValue().Parent is { } parent && parent is not (IExpressionStatementOperation or ICompoundAssignmentOperation or ISimpleAssignmentOperation { Target: IDiscardOperation })
        && !(parent is IReturnOperation && call.Type.IsTask());
}
