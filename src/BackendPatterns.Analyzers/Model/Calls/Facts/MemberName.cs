using System.Text;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls.Facts;

/// <summary>
/// A method as every compilation that sees it writes it: the documentation id of its definition, and the type arguments that the implementation is for.
/// </summary>
/// <param name="Id">The documentation id, <c>M:Shop.IHandler`1.Handle(`0)</c>.</param>
/// <param name="TypeArguments">
/// Empty for any type arguments; else one reference id per type parameter of the containing types, separated by semicolons, where <c>*</c> stands for any:
/// a handler of one command says nothing about the handlers of others.
/// </param>
internal sealed record MemberName(string Id, string TypeArguments)
{
    private const string Any = "*";
    private const char Separator = ';';

    private static readonly char[] SignatureStart = ['(', '~'];
    private static readonly char[] TypeStart = ['.', ':'];


    /// <summary>The documentation id of a method's definition, or null where it has none.</summary>
    public static string? IdOf(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition.GetDocumentationCommentId() is { Length: > 0 } id ? id : null;

    /// <summary>
    /// Returns the name under which an implementation of this method is known, or null where it has none or where its type arguments cannot be written:
    /// <c>class Store&lt;T&gt; : IStore&lt;List&lt;T&gt;&gt;</c>.
    /// </summary>
    public static MemberName? OfImplemented(IMethodSymbol method)
    {
        if (IdOf(method) is not { } id)
            return null;
        var text = new StringBuilder();
        var parameters = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var isForSome = false;
        foreach (var argument in ArgumentsOf(method.ContainingType))
        {
            var isParameter = argument is ITypeParameterSymbol;
            // IPair<T, T> is implemented for equal arguments only.
            if (isParameter ? !parameters.Add(argument) : HasParameter(argument))
                return null;
            if (text.Length > 0)
                text.Append(Separator);
            text.Append(isParameter ? Any : DocumentationCommentId.CreateReferenceId(argument));
            isForSome |= !isParameter;
        }

        return new MemberName(id, isForSome ? text.ToString() : "");
    }

    /// <summary>True where a call of this method, whose id is that of this name, may run an implementation of this name.</summary>
    public bool Fits(IMethodSymbol called)
    {
        if (TypeArguments.Length == 0)
            return true;
        var start = 0;
        foreach (var argument in ArgumentsOf((called.ReducedFrom ?? called).ContainingType))
        {
            if (start > TypeArguments.Length)
                return false;
            var end = TypeArguments.IndexOf(Separator, start);
            end = end < 0 ? TypeArguments.Length : end;
            if (!FitsOne(argument, TypeArguments.Substring(start, end - start)))
                return false;
            start = end + 1;
        }

        return start == TypeArguments.Length + 1;
    }

    /// <summary>Returns the name of a method as a call has it: with all of its type arguments, or with none where one is not known.</summary>
    public static MemberName? OfCalled(IMethodSymbol method)
    {
        if (IdOf(method) is not { } id)
            return null;
        var arguments = ArgumentsOf(method.ContainingType).ToList();
        return new MemberName(id, arguments.Exists(HasParameter) ? "" : string.Join(";", arguments.Select(static argument => DocumentationCommentId.CreateReferenceId(argument))));
    }

    /// <summary>Returns the method of this name, with its type arguments, as a compilation knows it; null where it has none.</summary>
    public IMethodSymbol? In(Compilation compilation)
    {
        if (DocumentationCommentId.GetFirstSymbolForDeclarationId(Id, compilation) is not IMethodSymbol definition)
            return null;
        if (TypeArguments.Length == 0 || definition.ContainingType is not { ContainingType: null, Arity: > 0 } type)
            return definition;
        var arguments = TypeArguments.Split(Separator).Select(id => DocumentationCommentId.GetFirstSymbolForReferenceId(id, compilation) as ITypeSymbol).OfType<ITypeSymbol>().ToArray();
        return arguments.Length == type.Arity
            ? type.Construct(arguments).GetMembers(definition.Name).OfType<IMethodSymbol>().FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, definition))
            : definition;
    }

    /// <summary>True where whatever is known of this name holds for the other one too.</summary>
    public bool Includes(MemberName other) => Id == other.Id && (TypeArguments.Length == 0 || TypeArguments == other.TypeArguments);

    /// <summary>The name of the method as code writes it: that of the property for an accessor, that of the type for a constructor.</summary>
    public static string SimpleName(string id)
    {
        var end = id.IndexOfAny(SignatureStart);
        end = end < 0 ? id.Length : end;
        var start = id.LastIndexOf('.', end - 1) + 1;
        if (string.CompareOrdinal(id, start, "#ctor", 0, end - start) == 0 && start > 2)
        {
            end = start - 1;
            start = id.LastIndexOfAny(TypeStart, end - 1) + 1;
        }
        else if (string.CompareOrdinal(id, start, "get_Item(", 0, 9) == 0)
            return TreeIndex.Indexer;
        else if (string.CompareOrdinal(id, start, "get_", 0, 4) == 0 || string.CompareOrdinal(id, start, "set_", 0, 4) == 0)
            start += 4;
        var tick = id.IndexOf('`', start, end - start);
        return id.Substring(start, (tick < 0 ? end : tick) - start);
    }

    /// <summary>Code that is generic itself may be run with any argument.</summary>
    private static bool FitsOne(ITypeSymbol argument, string expected) =>
        expected == Any || HasParameter(argument) || DocumentationCommentId.CreateReferenceId(argument) == expected;

    /// <summary>The type arguments of a type and of the types around it, outermost first.</summary>
    private static IEnumerable<ITypeSymbol> ArgumentsOf(INamedTypeSymbol? type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (; type is not null; type = type.ContainingType)
            types.Push(type);
        foreach (var one in types)
        {
            foreach (var argument in one.TypeArguments)
                yield return argument;
        }
    }

    private static bool HasParameter(ITypeSymbol type)
    {
        var pending = new Stack<ITypeSymbol>();
        pending.Push(type);
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case ITypeParameterSymbol:
                    return true;
                case IArrayTypeSymbol array:
                    pending.Push(array.ElementType);
                    break;
                case INamedTypeSymbol named:
                    foreach (var argument in ArgumentsOf(named))
                        pending.Push(argument);
                    break;
            }
        }

        return false;
    }
}
