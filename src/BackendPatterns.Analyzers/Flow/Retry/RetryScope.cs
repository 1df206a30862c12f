using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// The part of a function that one loop repeats: condition and body, not the initializers of a <c>for</c>; for a backward <c>goto</c> everything
/// from the label to the last jump to it; for a function that calls itself its whole body. Lambdas and local functions inside are another function's business.
/// </summary>
internal sealed class RetryScope
{
    private const int MostOperations = 4000;

    private RetryScope(IOperation loop, SyntaxToken keyword, BackendModel model, SemanticModel semantics, List<TextSpan> spans, List<IOperation> operations, SelfCall? self)
    {
        Loop = loop;
        SelfCall = self;
        Keyword = keyword;
        Model = model;
        Semantics = semantics;
        Spans = spans;
        Operations = operations;
    }

    public IOperation Loop { get; }

    public SyntaxToken Keyword { get; }

    /// <summary>The call that repeats the function around it, or null for a loop.</summary>
    public SelfCall? SelfCall { get; }

    /// <summary>The local function or lambda that is repeated, or whose code is; null for a member.</summary>
    public IOperation? Function => Loop.EnclosingFunction();

    public BackendModel Model { get; }

    public SemanticModel Semantics { get; }

    /// <summary>Every operation that is repeated, in no particular order.</summary>
    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>Where the locals of the function get their values.</summary>
    public LocalValues Values => LocalValues.Around(Loop);

    private List<TextSpan> Spans { get; }

    /// <summary>True for code in a handler that stands in the scope.</summary>
    public bool IsInHandler(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null && Contains(parent); parent = parent.Parent)
        {
            if (parent is CatchClauseSyntax)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Returns the scope of a loop, of a backward <c>goto</c>, or of a call by which a function repeats itself; null for any other operation and for code too large to judge.
    /// </summary>
    public static RetryScope? Of(IOperation loop, BackendModel model)
    {
        if (loop.SemanticModel is not { } semantics)
            return null;
        var spans = new List<TextSpan>();
        SyntaxToken keyword;
        var root = loop;
        SelfCall? self = null;
        switch (loop.Syntax)
        {
            case WhileStatementSyntax statement:
                keyword = statement.WhileKeyword;
                spans.Add(statement.Span);
                break;
            case DoStatementSyntax statement:
                keyword = statement.DoKeyword;
                spans.Add(statement.Span);
                break;
            case ForStatementSyntax statement:
                keyword = statement.ForKeyword;
                if (statement.Condition is { } condition)
                    spans.Add(condition.Span);
                if (statement.Incrementors.Count > 0)
                    spans.Add(statement.Incrementors.Span);
                spans.Add(statement.Statement.Span);
                break;
            case GotoStatementSyntax statement when JumpedOver(loop) is { } span:
                keyword = statement.GotoKeyword;
                spans.Add(span);
                root = loop.EnclosingFunction() ?? loop.Root();
                break;
            case InvocationExpressionSyntax when loop is IInvocationOperation call && SelfCall.Of(call) is { } recursion:
                keyword = recursion.Name;
                spans.Add(recursion.Body.Span);
                root = recursion.Root;
                self = recursion;
                break;
            default:
                return null;
        }

        var operations = new List<IOperation>();
        return Collect(root, spans, operations) ? new RetryScope(loop, keyword, model, semantics, spans, operations, self) : null;
    }

    public bool Contains(SyntaxNode node)
    {
        var span = node.Span;
        foreach (var part in Spans)
        {
            if (part.Contains(span))
                return true;
        }

        return false;
    }

    /// <summary>Returns what a local or parameter is given inside the scope; an entry is null where that is no expression of its own.</summary>
    public IEnumerable<IOperation?> WritesInside(ISymbol variable)
    {
        var opaque = 0;
        foreach (var value in Values.WritesTo(variable))
        {
            if (value is null)
                opaque++;
            else if (Contains(value.Syntax))
                yield return value;
        }

        // A write without a value has no place of its own in the model: the mentions tell whether one is inside.
        if (opaque > 0 && MentionedInside(variable))
            yield return null;
    }

    /// <summary>True where a local or parameter may get another value from one iteration to the next.</summary>
    public bool Changes(ISymbol variable)
    {
        if ((variable is IParameterSymbol parameter && SelfCall?.Changes(parameter) == true) || IsChangedElsewhere(variable))
            return true;
        foreach (var value in WritesInside(variable))
        {
            if (value is not { ConstantValue.HasValue: true })
                return true;
        }

        return false;
    }

    /// <summary>True where a lambda or local function beside the repeated code writes to a variable: a stop flag, a counter.</summary>
    public bool IsChangedElsewhere(ISymbol variable)
    {
        foreach (var reference in Values.ReferencesTo(variable))
        {
            var isWritten = reference.Parent switch
            {
                IAssignmentOperation assignment => assignment.Target == reference,
                IIncrementOrDecrementOperation or ITupleOperation => true,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
                _ => false,
            };
            if (isWritten && reference.EnclosingFunction() != (SelfCall?.Root as ILocalFunctionOperation ?? Function))
                return true;
        }

        return false;
    }

    private bool MentionedInside(ISymbol variable)
    {
        foreach (var reference in Values.ReferencesTo(variable))
        {
            if (Contains(reference.Syntax))
                return true;
        }

        return false;
    }

    /// <summary>Returns the text between a label and the last jump back to it, or null where the jump goes forward or is not the first one back.</summary>
    private static TextSpan? JumpedOver(IOperation jump)
    {
        if (jump is not IBranchOperation { BranchKind: BranchKind.GoTo, Target: { } target } || target.DeclaringSyntaxReferences is not [var reference])
            return null;
        if (reference.GetSyntax() is not LabeledStatementSyntax label || label.SpanStart > jump.Syntax.SpanStart)
            return null;
        var end = EndBeside(label, jump.Syntax);
        var function = jump.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
        foreach (var other in (function ?? label).DescendantNodes())
        {
            if (other is GotoStatementSyntax { Expression: IdentifierNameSyntax name } && name.Identifier.ValueText == target.Name && other.SpanStart > label.SpanStart)
            {
                if (other.SpanStart < jump.Syntax.SpanStart)
                    return null;
                end = Math.Max(end, EndBeside(label, other));
            }
        }

        return TextSpan.FromBounds(label.SpanStart, end);
    }

    /// <summary>The end of the statement around a jump that stands in the same block as the label.</summary>
    private static int EndBeside(LabeledStatementSyntax label, SyntaxNode jump)
    {
        for (var node = jump; node is not null; node = node.Parent)
        {
            // Top-level statements are wrapped one by one, so there the grandparent is what both share.
            if (node.Parent == label.Parent || (node.Parent is GlobalStatementSyntax && label.Parent is GlobalStatementSyntax))
                return node.Span.End;
        }

        return jump.Span.End;
    }

    private static bool Collect(IOperation root, List<TextSpan> spans, List<IOperation> operations)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (!ReferenceEquals(operation, root) && operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            if (IsInside(operation.Syntax.Span, spans))
                operations.Add(operation);
            if (operations.Count > MostOperations)
                return false;
            foreach (var child in operation.ChildOperations)
            {
                if (Touches(child.Syntax.Span, spans))
                    pending.Push(child);
            }
        }

        return true;
    }

    private static bool IsInside(TextSpan span, List<TextSpan> spans)
    {
        foreach (var part in spans)
        {
            if (part.Contains(span))
                return true;
        }

        return false;
    }

    private static bool Touches(TextSpan span, List<TextSpan> spans)
    {
        foreach (var part in spans)
        {
            if (part.IntersectsWith(span))
                return true;
        }

        return false;
    }
}
