using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>What the code of an endpoint does with an entity that its request filled.</summary>
internal sealed class EntityParameter
{
    private const string Add = "Add";

    private EntityParameter()
    {
    }

    /// <summary>The members that the code reads before it stores the entity.</summary>
    public HashSet<string> ReadFirst { get; } = new(StringComparer.Ordinal);

    /// <summary>The members that the code reads or writes at all.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>True where the object goes to nothing but <c>Add</c> of EF Core and into results: what it has not got, nobody else misses.</summary>
    public bool IsOnlyAdded { get; private set; } = true;

    /// <summary>True where the object goes to nothing but EF Core and results.</summary>
    public bool IsOnlyStored { get; private set; } = true;

    /// <summary>True where it is compared with null.</summary>
    public bool IsTested { get; private set; }

    /// <summary>Returns the uses of a parameter in a body.</summary>
    public static EntityParameter Of(IParameterSymbol parameter, IOperation body)
    {
        var uses = new EntityParameter();
        var references = body.Descendants().OfType<IParameterReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)).ToList();
        var firstStore = references.Select(static reference => CallOf(reference)).OfType<IInvocationOperation>().Where(IsOfEntityFramework).Select(static call => call.Syntax.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var reference in references)
            uses.AddUse(reference, firstStore);
        return uses;
    }

    private void AddUse(IParameterReferenceOperation reference, int firstStore)
    {
        var value = reference.WalkUpValue();
        switch (value.Parent)
        {
            case IMemberReferenceOperation member when member.Instance == value:
                Used.Add(member.Member.Name);
                if (!member.IsWritten() && member.Syntax.SpanStart < firstStore)
                    ReadFirst.Add(member.Member.Name);
                if (member is not IPropertyReferenceOperation)
                    IsOnlyStored = IsOnlyAdded = false;
                break;
            case IIsPatternOperation or IBinaryOperation:
                IsTested = true;
                break;
            case IReturnOperation or INameOfOperation:
                break;
            default:
                var call = CallOf(reference);
                var isStored = call is not null && IsOfEntityFramework(call);
                IsOnlyStored &= isStored || (call is not null && IsResult(call));
                IsOnlyAdded &= (isStored && call!.TargetMethod.Name.StartsWith(Add, StringComparison.Ordinal)) || (call is not null && IsResult(call));
                break;
        }
    }

    private static IInvocationOperation? CallOf(IOperation reference)
    {
        var value = reference.WalkUpValue();
        return value.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    private static bool IsOfEntityFramework(IInvocationOperation call) => call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore");

    // TryValidateModel and TryUpdateModel look at every member.
    private static bool IsResult(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace.IsBelow("Microsoft.AspNetCore") && !call.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal);
}
