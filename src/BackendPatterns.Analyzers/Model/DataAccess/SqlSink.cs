using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>A place where SQL text goes to the database as it is.</summary>
/// <param name="Operation">The call, the creation of a command, or the assignment of its text.</param>
/// <param name="Text">The SQL text.</param>
/// <param name="Library">Whose API it is.</param>
/// <param name="Name">How messages name it.</param>
/// <param name="Place">Where to report.</param>
public sealed record SqlSink(IOperation Operation, IOperation Text, DataLibrary Library, string Name, Location Place)
{
    private static readonly HashSet<string> RawMethods = new(StringComparer.Ordinal) { "FromSqlRaw", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "SqlQueryRaw" };

    /// <summary>Returns the sink that an operation is, or null for any other operation and for constant text. A method of this application that hands its text on is one, too.</summary>
    public static SqlSink? Of(IOperation operation, BackendModel model) =>
        OfLibrary(operation, model) ?? (operation is IInvocationOperation call ? OfWrapper(call, model) : null);

    /// <summary>The same for the methods of the libraries only.</summary>
    internal static SqlSink? OfLibrary(IOperation operation, BackendModel model) => operation switch
    {
        IInvocationOperation call => OfCall(call),
        IObjectCreationOperation creation => OfCreation(creation, model),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" } property, Value: { ConstantValue.HasValue: false } text } assignment
            when model.Libraries.AdoNet?.IsCommand(property.Property.ContainingType) == true =>
            new SqlSink(assignment, text, DataLibrary.AdoNet, "CommandText", NameIn(property.Syntax).GetLocation()),
        _ => null,
    };

    /// <summary>
    /// True where the text is put together in the argument of an EF Core method: EF1002 and EF1003 of EF Core report that
    /// (https://learn.microsoft.com/ef/core/querying/sql-queries#passing-parameters).
    /// </summary>
    public bool IsReportedByEntityFramework =>
        Library is DataLibrary.EntityFrameworkCore && Text is IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add };

    private static SqlSink? OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var library = RawMethods.Contains(method.Name) && method.ContainingType.IsIn("Microsoft.EntityFrameworkCore") ? DataLibrary.EntityFrameworkCore
            : method.ContainingType.Name is "SqlMapper" && method.ContainingType.IsIn("Dapper") ? DataLibrary.Dapper
            : (DataLibrary?)null;
        return library is { } known && call.Argument("sql") is { ConstantValue.HasValue: false } text
            ? new SqlSink(call, text, known, method.Name, NameIn(call.Syntax).GetLocation())
            : null;
    }

    /// <summary>A method of this application that hands its text on.</summary>
    private static SqlSink? OfWrapper(IInvocationOperation call, BackendModel model)
    {
        // Bodies are looked at in this project only.
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, model.Compilation.Assembly))
            return null;
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type.SpecialType is SpecialType.System_String && SqlWrappers.MayBeSql(parameter.Name)
                && call.Argument(parameter.Name) is { ConstantValue.HasValue: false } text && model.DataAccess.SqlWrappers.HandOn(parameter))
            {
                return new SqlSink(call, text, DataLibrary.OwnCode, call.TargetMethod.Name, NameIn(call.Syntax).GetLocation());
            }
        }

        return null;
    }

    private static SqlSink? OfCreation(IObjectCreationOperation creation, BackendModel model)
    {
        if (creation.Type is not { Name: var name } type || !(name is "CommandDefinition" || name.EndsWith("Command", StringComparison.Ordinal))
            || creation.Arguments is not [{ Parameter.Type.SpecialType: SpecialType.System_String, Value: { ConstantValue.HasValue: false } text }, ..])
        {
            return null;
        }

        var library = name is "CommandDefinition" && type.IsIn("Dapper") ? DataLibrary.Dapper
            : model.Libraries.AdoNet?.IsCommand(type) == true ? DataLibrary.AdoNet
            : (DataLibrary?)null;
        return library is { } known ? new SqlSink(creation, text, known, type.Name, NameIn(creation.Syntax).GetLocation()) : null;
    }

    private static SyntaxNode NameIn(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax) } call => call.Expression,
        ObjectCreationExpressionSyntax creation => creation.Type,
        _ => syntax.MemberName(),
    };
}
