using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>A channel that lives as long as the application: where it is kept, and what writes to it.</summary>
/// <param name="Creation">The call that makes it.</param>
/// <param name="Home">The field or property that holds it (or its writer), or null where the container does.</param>
/// <param name="Element">What it carries.</param>
public sealed record RequestChannel(IInvocationOperation Creation, ISymbol? Home, ITypeSymbol Element)
{
    /// <summary>The names of the methods that make a channel without a bound.</summary>
    internal static readonly MentionedNames Creations = new("CreateUnbounded", "CreateUnboundedPrioritized");

    private static readonly string[] Writes = ["TryWrite", "WriteAsync"];

    // A count, a semaphore or a lease that is asked for before the write bounds the queue as well.
    private static readonly HashSet<string> Bounds = new(StringComparer.Ordinal)
    {
        "Count", "CurrentCount", "Wait", "WaitAsync", "WaitOne", "Increment", "CompareExchange", "AcquireAsync", "AttemptAcquire", "TryEnter", "Length",
    };

    /// <summary>What the channel is called in messages.</summary>
    public string Name => Home?.Name ?? $"Channel<{Element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>";

    /// <summary>Returns the channel that a call makes without a bound, or null for any other call, and where the channel is not seen to live as long as the application.</summary>
    public static RequestChannel? Of(IInvocationOperation call, BackendModel model)
    {
        if (!Creations.Contain(call.TargetMethod.Name) || call.TargetMethod is not { ContainingType: { Name: "Channel" } type, TypeArguments: [var element] } || !type.IsIn("System.Threading.Channels"))
            return null;
        if (IsRegistered(call))
            return new RequestChannel(call, null, element);
        return HomeOf(call) is { ContainingType: { } owner } home && (home.IsStatic || LongLivedTypes.Contain(owner, model)) ? new RequestChannel(call, home, element) : null;
    }

    /// <summary>Returns every write to the channel that this compilation makes.</summary>
    public IEnumerable<IInvocationOperation> WritesIn(BackendModel model)
    {
        foreach (var name in Writes.SelectMany(model.Mentions.Of))
        {
            if (name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation }
                && model.SemanticModelOf(name.SyntaxTree)?.GetOperation(invocation) is IInvocationOperation { TargetMethod.ContainingType: { Name: "ChannelWriter", TypeArguments: [var element] } } write
                && SymbolEqualityComparer.Default.Equals(element, Element) && write.Instance is { } writer && IsOfThis(writer, model))
            {
                yield return write;
            }
        }
    }

    /// <summary>
    /// True where the code around a write asks for a count, a semaphore or a lease, and where it waits for an answer by a <c>TaskCompletionSource</c>: the queue may be bounded that way.
    /// </summary>
    public static bool MayBeBounded(IInvocationOperation write)
    {
        foreach (var operation in (write.EnclosingFunction() ?? write.Root()).Descendants())
        {
            if (operation.Type is { Name: "TaskCompletionSource" } answer && answer.IsIn("System.Threading.Tasks"))
                return true;
            var name = operation switch
            {
                IInvocationOperation call => call.TargetMethod.Name,
                IPropertyReferenceOperation property => property.Property.Name,
                _ => null,
            };
            if (name is not null && Bounds.Contains(name))
                return true;
        }

        return false;
    }

    private bool IsOfThis(IOperation writer, BackendModel model)
    {
        var root = writer.Unwrap();
        if (root is IPropertyReferenceOperation { Property: { Name: "Writer", ContainingType.Name: "Channel" }, Instance: { } channel })
            root = channel.Unwrap();
        if (root.ReferencedSymbol() is not { } symbol)
            return false;
        if (Home is null)
            return root is IParameterReferenceOperation || (root is IFieldReferenceOperation or IPropertyReferenceOperation && InjectedMembers.Contain(symbol.OriginalDefinition, model, mayLeadOut: true));
        return SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, Home.OriginalDefinition) || (symbol is IPropertySymbol property && GivesHome(property, model));
    }

    /// <summary><c>public ChannelWriter&lt;T&gt; Writer => _channel.Writer;</c>.</summary>
    private bool GivesHome(IPropertySymbol property, BackendModel model) =>
        property.GetMethod is { } getter && model.BodyOf(getter) is { } body
        && body.Descendants().Any(operation => operation.ReferencedSymbol() is { } symbol && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, Home!.OriginalDefinition));

    private static ISymbol? HomeOf(IInvocationOperation call)
    {
        var value = call.WithConversions();
        if (value.Parent is IPropertyReferenceOperation { Property: { Name: "Writer" } } writer)
            value = writer.WithConversions();
        switch (value.Parent)
        {
            case IFieldInitializerOperation { InitializedFields: [var field] }:
                return field;
            case IPropertyInitializerOperation { InitializedProperties: [var property] }:
                return property;
            case ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment:
                return assignment.Target.ReferencedSymbol();
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                return HomeOf(local, declarator);
            default:
                return null;
        }
    }

    /// <summary><c>var channel = …; _writer = channel.Writer; _reader = channel.Reader;</c> in a constructor.</summary>
    private static ISymbol? HomeOf(ILocalSymbol local, IOperation declarator)
    {
        ISymbol? home = null;
        foreach (var reference in LocalValues.Around(declarator).ReferencesTo(local))
        {
            var value = reference.WithConversions();
            if (value.Parent is IPropertyReferenceOperation { Property.Name: "Writer" or "Reader" } part)
                value = part.WithConversions();
            if (value.Parent is not ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment)
                return null;
            if (value is not IPropertyReferenceOperation { Property.Name: "Reader" })
                home ??= assignment.Target.ReferencedSymbol();
        }

        return home;
    }

    /// <summary><c>services.AddSingleton(Channel.CreateUnbounded&lt;T&gt;())</c>, also made by a lambda.</summary>
    private static bool IsRegistered(IOperation call)
    {
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IInvocationOperation { TargetMethod: { Name: "AddSingleton" or "TryAddSingleton", ContainingNamespace: var space } }:
                    return space.Is("Microsoft.Extensions.DependencyInjection") || space.Is("Microsoft.Extensions.DependencyInjection.Extensions");
                case IArgumentOperation or IConversionOperation or IDelegateCreationOperation or IAnonymousFunctionOperation or IReturnOperation or IBlockOperation:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
