using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>One catch clause of a loop and its place in the control flow graph.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Region">Its region: the handler, with the filter where there is one.</param>
/// <param name="Type">What it catches, or null for everything.</param>
internal sealed record FailureHandler(CatchClauseSyntax Clause, ControlFlowRegion Region, ITypeSymbol? Type)
{
    /// <summary>Exceptions that a program causes itself, and the ones that end it: trying again is no answer to them.</summary>
    private static readonly HashSet<string> OwnFailures = new(StringComparer.Ordinal)
    {
        "OperationCanceledException", "TaskCanceledException", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "FormatException", "OverflowException",
        "IndexOutOfRangeException", "NullReferenceException", "InvalidCastException", "KeyNotFoundException", "ObjectDisposedException", "NotSupportedException", "NotImplementedException",
        "ThreadAbortException", "ThreadInterruptedException", "JsonException", "XmlException", "EndOfStreamException", "DirectoryNotFoundException",
    };

    private static readonly string[] CollisionWords =
        ["Concurrency", "Conflict", "Duplicate", "AlreadyExists", "Collision", "Unique", "Optimistic", "StaleObject", "StaleState", "ExpectedVersion", "VersionException", "Precondition"];

    /// <summary>True where the clause names no exception, or the base of all.</summary>
    public bool CatchesEverything => Type is null or { Name: "Exception" or "SystemException" or "Object" };

    /// <summary>True where what is caught can come from outside the process.</summary>
    public bool IsOutsideFailure => Type is null || !(OwnFailures.Contains(Type.Name) && (Type.ContainingNamespace.Is("System") || Type.ContainingNamespace.ToDisplayString().StartsWith("System.", StringComparison.Ordinal)));

    /// <summary>True for a name that is taken, or a row that somebody else changed: the next attempt is another one.</summary>
    public bool IsCollision
    {
        get
        {
            for (var type = Type; type is not null; type = type.BaseType)
            {
                if (NamesCollision(type.Name))
                    return true;
            }

            return Clause.Filter is not null && Mentions(Clause.Filter);
        }
    }

    /// <summary>True where only "it is not there yet" is caught: the loop waits for something to appear.</summary>
    public bool IsAbsence => (Type?.Name is { } name && NamesAbsence(name)) || (Clause.Filter is not null && OnlyLetsAbsenceIn(Clause.Filter));

    /// <summary>True for <c>DbUpdateException</c>: a collision or an outage, the type alone does not tell.</summary>
    public bool MayBeCollision => CatchesEverything || Type is { Name: "DbUpdateException" or "IOException" or "InvalidOperationException" or "SqlException" or "DbException" or "PostgresException" or "RpcException" or "RequestFailedException" or "CosmosException" };

    /// <summary>Returns the catch clauses of a loop, or null where the graph does not show them all.</summary>
    public static List<FailureHandler>? In(RetryScope scope, LoopGraph loop, CancellationToken cancellation)
    {
        var statements = TriesAround(scope.Loop.Syntax);
        var regions = RegionsOf(loop.Graph);
        if (statements.Count != regions.Count)
            return null;
        var handlers = new List<FailureHandler>();
        for (var index = 0; index < statements.Count; index++)
        {
            var clauses = statements[index].Catches;
            if (!scope.Contains(statements[index]))
                continue;
            if (clauses.Count != regions[index].NestedRegions.Length - 1)
                return null;
            for (var number = 0; number < clauses.Count; number++)
            {
                var type = clauses[number].Declaration is { Type: { } declared } ? scope.Semantics.GetTypeInfo(declared, cancellation).Type : null;
                handlers.Add(new FailureHandler(clauses[number], regions[index].NestedRegions[number + 1], type));
            }
        }

        return handlers;
    }

    /// <summary>True where the body of the clause, or its filter, speaks of a collision.</summary>
    public bool SpeaksOfCollision => Mentions(Clause);

    /// <summary>True where a name speaks of a collision.</summary>
    public static bool NamesCollision(string name)
    {
        foreach (var word in CollisionWords)
        {
            if (name.Contains(word))
                return true;
        }

        return false;
    }

    private static bool NamesAbsence(string name) => name.Contains("NotFound") || name.Contains("NotReady") || name.Contains("DoesNotExist");

    private static bool OnlyLetsAbsenceIn(CatchFilterClauseSyntax filter)
    {
        var absent = false;
        foreach (var token in filter.DescendantTokens())
        {
            if (token.RawKind is (int)SyntaxKind.ExclamationToken or (int)SyntaxKind.ExclamationEqualsToken or (int)SyntaxKind.NotKeyword or (int)SyntaxKind.BarBarToken or (int)SyntaxKind.OrKeyword)
                return false;
            absent |= token.Parent is SimpleNameSyntax && NamesAbsence(token.ValueText);
        }

        return absent;
    }

    private static bool Mentions(SyntaxNode node)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.Text is "2601" or "2627" || token.ValueText is "23505" || (token.Parent is SimpleNameSyntax && NamesCollision(token.ValueText)))
                return true;
        }

        return false;
    }

    private static List<TryStatementSyntax> TriesAround(SyntaxNode loop)
    {
        var function = loop.FirstAncestorOrSelf<SyntaxNode>(IsFunction) ?? loop.SyntaxTree.GetRoot();
        var statements = new List<TryStatementSyntax>();
        foreach (var node in function.DescendantNodes(node => node == function || !(IsFunction(node) || node is BaseTypeDeclarationSyntax)))
        {
            if (node is TryStatementSyntax { Catches.Count: > 0 } statement)
                statements.Add(statement);
        }

        return statements;
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    /// <summary>The try regions with handlers, in source order, outer before inner.</summary>
    private static List<ControlFlowRegion> RegionsOf(ControlFlowGraph graph)
    {
        var regions = new List<ControlFlowRegion>();
        var pending = new Stack<ControlFlowRegion>();
        pending.Push(graph.Root);
        while (pending.Count > 0)
        {
            var region = pending.Pop();
            if (region.Kind is ControlFlowRegionKind.TryAndCatch)
                regions.Add(region);
            for (var index = region.NestedRegions.Length - 1; index >= 0; index--)
                pending.Push(region.NestedRegions[index]);
        }

        return regions;
    }
}
