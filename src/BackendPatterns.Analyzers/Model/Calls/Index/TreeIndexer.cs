using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Makes the index of one tree: declarations from syntax, what they mention from the text alone, so that no node below a member is ever created.</summary>
internal sealed class TreeIndexer
{
    private readonly IdentifierScan _scan;
    private readonly ImmutableArray<MemberEntry>.Builder _members = ImmutableArray.CreateBuilder<MemberEntry>();
    private readonly ImmutableArray<TypeEntry>.Builder _types = ImmutableArray.CreateBuilder<TypeEntry>();

    private TreeIndexer(string text) => _scan = new IdentifierScan(text);

    public static TreeIndex Index(SyntaxTree tree, CancellationToken cancellation)
    {
        var indexer = new TreeIndexer(tree.GetText(cancellation).ToString());
        if (tree.GetRoot(cancellation) is CompilationUnitSyntax unit)
            indexer.AddAll(unit.Members, cancellation);
        var members = indexer._members;
        // Parameters of a primary constructor are listed before the members of the type, nested types among its members: in source order for all but these.
        members.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new TreeIndex(indexer._scan.Names, indexer._scan.Mentions.ToImmutableArray(), members.ToImmutable(), indexer._types.ToImmutable());
    }

    private void AddAll(SyntaxList<MemberDeclarationSyntax> declarations, CancellationToken cancellation)
    {
        var pending = new Stack<(MemberDeclarationSyntax Declaration, int Type)>();
        Push(declarations, -1);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (declaration, type) = pending.Pop();
            switch (declaration)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Push(space.Members, -1);
                    break;
                case TypeDeclarationSyntax declared:
                    AddType(declared);
                    Push(declared.Members, _types.Count - 1);
                    break;
                case DelegateDeclarationSyntax declared:
                    _types.Add(new TypeEntry(_scan.Names.Add(declared.Identifier.ValueText), declared.Identifier.SpanStart, _scan.Mention(declared.Span), default));
                    break;
                default:
                    AddMember(declaration, type);
                    break;
            }
        }

        void Push(SyntaxList<MemberDeclarationSyntax> members, int type)
        {
            for (var i = members.Count - 1; i >= 0; i--)
                pending.Push((members[i], type));
        }
    }

    private void AddType(TypeDeclarationSyntax type)
    {
        var name = _scan.Names.Add(type.Identifier.ValueText);
        _types.Add(type.BaseList is { } bases
            ? new TypeEntry(name, type.Identifier.SpanStart, _scan.Mention(bases.Span), _scan.Mention(bases.Types.Select(static b => NameOf(b.Type))))
            : new TypeEntry(name, type.Identifier.SpanStart, default, default));
        if (type.ParameterList is not { } parameters)
            return;
        foreach (var parameter in parameters.Parameters)
            Add(parameter.Identifier.ValueText, parameter.Span, _types.Count - 1, header: parameter.Type?.Span ?? default, body: default, isStored: true);
        if (type.BaseList?.Types is [PrimaryConstructorBaseTypeSyntax { ArgumentList: var arguments }, ..])
            AddEntry(name, arguments.Span, _types.Count - 1, header: default, arguments.Span, isConstructor: true);
    }

    private void AddMember(MemberDeclarationSyntax member, int type)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                var start = method.Body?.SpanStart ?? method.ExpressionBody?.SpanStart ?? method.Span.End;
                Add(method.Identifier.ValueText, method.Span, type, TextSpan.FromBounds(method.ReturnType.SpanStart, start), TextSpan.FromBounds(start, method.Span.End));
                break;
            case ConstructorDeclarationSyntax constructor:
                var body = constructor.ParameterList.Span.End;
                AddEntry(
                    _scan.Names.Add(constructor.Identifier.ValueText), constructor.Span, type, constructor.ParameterList.Span, TextSpan.FromBounds(body, constructor.Span.End), isConstructor: true);
                break;
            case PropertyDeclarationSyntax property:
                Add(property.Identifier.ValueText, property.Span, type, property.Type.Span, TextSpan.FromBounds(property.Identifier.Span.End, property.Span.End), isStored: true);
                break;
            case IndexerDeclarationSyntax indexer:
                Add(TreeIndex.Indexer, indexer.Span, type, indexer.Type.Span, TextSpan.FromBounds(indexer.ParameterList.Span.End, indexer.Span.End));
                break;
            case BaseFieldDeclarationSyntax field:
                var from = field.SpanStart;
                foreach (var variable in field.Declaration.Variables)
                {
                    Add(variable.Identifier.ValueText, TextSpan.FromBounds(from, variable.Span.End), type, field.Declaration.Type.Span,
                        variable.Initializer?.Span ?? default, isStored: true);
                    from = variable.Span.End;
                }

                break;
        }
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        _ => "",
    };

    private void Add(string name, TextSpan span, int type, TextSpan header, TextSpan body, bool isStored = false) =>
        _members.Add(new MemberEntry(_scan.Names.Add(name), type, span, IsConstructor: false, isStored, _scan.Mention(header), _scan.Mention(body)));

    private void AddEntry(int name, TextSpan span, int type, TextSpan header, TextSpan body, bool isConstructor) =>
        _members.Add(new MemberEntry(name, type, span, isConstructor, IsStored: false, _scan.Mention(header), _scan.Mention(body)));
}
