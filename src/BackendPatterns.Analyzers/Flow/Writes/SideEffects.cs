using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// What one turn does outside of the process and the database: remote calls, messages, mails, files. A save next to it is a checkpoint: after a crash the next run
/// must know for which elements it has happened. Code that is awaited and cannot be read counts as such.
/// </summary>
public sealed class SideEffects
{
    private const int MostBodies = 60;

    private static readonly string[] Verbs =
        ["Send", "Publish", "Enqueue", "Notify", "Upload", "Charge", "Refund", "Dispatch", "Schedule", "Broadcast", "Email", "Deliver", "Produce", "Emit"];

    private static readonly string[] FileVerbs = ["Delete", "Move", "Copy", "Write", "Append", "Create", "Replace", "Extract"];

    private readonly BackendModel _model;
    private readonly HashSet<ISymbol> _read = new(SymbolEqualityComparer.Default);
    private readonly Stack<IOperation> _pending = new();

    private SideEffects(BackendModel model) => _model = model;

    /// <summary>True where the region, or a method that it calls, has such an effect; the write itself, at <paramref name="write"/>, is none.</summary>
    public static bool In(IOperation region, IOperation write, BackendModel model) => new SideEffects(model).Has(region, write);

    private bool Has(IOperation region, IOperation write)
    {
        _pending.Push(region);
        if (write is IMethodReferenceOperation { Method: var method })
            Read(method);
        while (_pending.Count > 0)
        {
            foreach (var operation in _pending.Pop().DescendantsAndSelf())
            {
                if (operation is IInvocationOperation call && IsEffect(call, isWrite: call == write))
                    return true;
            }
        }

        return false;
    }

    private bool IsEffect(IInvocationOperation call, bool isWrite)
    {
        if (_model.DataAccess.Classify(call) is { } trip)
            return trip.Kind is RoundTripKind.Remote;
        var method = call.TargetMethod;
        if (IsFileChange(method) || _model.Calls.Reaches(method, RoundTripKind.Remote))
            return true;
        if (Read(method) || isWrite)
            return false;
        var space = method.ContainingNamespace;
        if (space.IsBelow("System.Net"))
            return true;
        return !IsHarmless(space) && (NameWords.StartsWithAny(method.Name, Verbs) || call.Parent is IAwaitOperation || call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" });
    }

    /// <summary>
    /// True for a method whose code is known, which is looked at instead of its name, and for one of a referenced project that is known to reach the database.
    /// </summary>
    private bool Read(IMethodSymbol method)
    {
        var isKnown = false;
        foreach (var body in _model.Calls.BodiesOf(method))
        {
            if (_model.BodyOf(body) is not { } code)
                continue;
            isKnown = true;
            if (_read.Count < MostBodies && _read.Add(body.OriginalDefinition))
                _pending.Push(code);
        }

        return isKnown || _model.Calls.Reaches(method, RoundTripKind.DatabaseWrite) || _model.Calls.Reaches(method, RoundTripKind.DatabaseRead);
    }

    private static bool IsFileChange(IMethodSymbol method)
    {
        var type = method.ContainingType.Name;
        if (type is "Process" && method.IsIn("System.Diagnostics"))
            return true;
        return (type is "File" or "Directory" or "FileInfo" or "DirectoryInfo" or "ZipFile" || method.IsIn("System.IO.Abstractions"))
               && method.ContainingNamespace.IsBelow("System.IO") && NameWords.StartsWithAny(method.Name, FileVerbs);
    }

    private static bool IsHarmless(INamespaceSymbol? space) =>
        space.IsBelow("System") || space.IsBelow("Microsoft.EntityFrameworkCore") || space.IsBelow("Microsoft.AspNetCore.Identity") || space.IsBelow("Microsoft.Extensions");
}
