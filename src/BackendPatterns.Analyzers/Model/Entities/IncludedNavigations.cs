using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>The navigations that a query loads with its rows, as paths from the row: <c>Customer</c>, <c>Lines</c>, <c>Lines.Product</c>.</summary>
public sealed class IncludedNavigations
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    private IncludedNavigations()
    {
    }

    /// <summary>Returns what the <c>Include</c> and <c>ThenInclude</c> calls of a query name; those that cannot be read are left out.</summary>
    public static IncludedNavigations Of(QueryChain query)
    {
        var included = new IncludedNavigations();
        var last = "";
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is not ("Include" or "ThenInclude") || call.ArgumentAt(1) is not { } selected)
                continue;
            if (PathOf(selected) is not { } path)
                continue;
            last = call.TargetMethod.Name is "ThenInclude" && last.Length > 0 ? last + "." + path : path;
            included.AddWithPrefixes(last);
        }

        return included;
    }

    /// <summary>True where the navigation at this path is loaded.</summary>
    public bool Contains(string path) => _paths.Contains(path);

    private void AddWithPrefixes(string path)
    {
        for (var dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1))
            _paths.Add(path.Substring(0, dot));
        _paths.Add(path);
    }

    /// <summary><c>x => x.A.B</c>, <c>x => x.Lines.Where(…).OrderBy(…)</c> or <c>"A.B"</c>.</summary>
    internal static string? PathOf(IOperation selected)
    {
        if (selected.ConstantValue is { HasValue: true, Value: string text })
            return text;
        if (selected.AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] })
            return null;
        var path = "";
        var current = value.Unwrap();
        while (true)
        {
            switch (current)
            {
                case IInvocationOperation filter when filter.Receiver() is { } filtered:
                    current = filtered.Unwrap();
                    break;
                case IPropertyReferenceOperation { Instance: { } instance } property:
                    path = path.Length == 0 ? property.Property.Name : property.Property.Name + "." + path;
                    current = instance.Unwrap();
                    break;
                case IParameterReferenceOperation when path.Length > 0:
                    return path;
                default:
                    return null;
            }
        }
    }
}
