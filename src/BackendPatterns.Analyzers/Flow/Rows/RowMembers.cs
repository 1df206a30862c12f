using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>The part of the walk that looks at members of rows and of what contains rows: columns, owned members, navigations, computed properties, patterns.</summary>
internal sealed class RowMembers(RowWalk walk, EntityLoad load, BackendModel model, RowUses uses)
{
    private const int MaximumDepth = 3;

    private readonly IncludedNavigations _included = IncludedNavigations.Of(load.Query);

    /// <summary>Follows <c>value.Member</c> and <c>value[index]</c>.</summary>
    public void Follow(RowValue value, IPropertyReferenceOperation reference)
    {
        if (reference.IsWritten())
        {
            walk.Escape();
            return;
        }

        if (!value.IsRow(value.Operation.Type))
        {
            if (value.IsCarriedBy(reference.Type))
                walk.Push(reference.Property is { Name: "Result" } ? value with { Operation = reference } : value.In(reference));
            return;
        }

        FollowMember(value, reference.Property.Name, reference);
    }

    /// <summary>Follows the tests of a pattern on a row; a test for another type than the row's makes it not understood.</summary>
    public void FollowPattern(RowValue value, IPatternOperation pattern)
    {
        var pending = new Stack<IPatternOperation>();
        pending.Push(pattern);
        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case IConstantPatternOperation or IDiscardPatternOperation:
                    break;
                case INegatedPatternOperation negated:
                    pending.Push(negated.Pattern);
                    break;
                case IBinaryPatternOperation binary:
                    pending.Push(binary.RightPattern);
                    pending.Push(binary.LeftPattern);
                    break;
                case IDeclarationPatternOperation declaration when declaration.MatchesNull || IsOwnType(value, declaration.MatchedType):
                    FollowDeclared(value, declaration.DeclaredSymbol, pattern);
                    break;
                case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive when IsOwnType(value, recursive.MatchedType):
                    FollowDeclared(value, recursive.DeclaredSymbol, pattern);
                    FollowSubpatterns(value, recursive);
                    break;
                default:
                    walk.Escape();
                    break;
            }
        }
    }

    private static bool IsOwnType(RowValue value, ITypeSymbol? matched) =>
        SymbolEqualityComparer.Default.Equals(matched, value.Operation.Type) || SymbolEqualityComparer.Default.Equals(matched, value.Entity.Symbol);

    private void FollowDeclared(RowValue value, ISymbol? declared, IOperation place)
    {
        if (declared is not null)
            walk.FollowVariable(value, declared, place);
    }

    private void FollowSubpatterns(RowValue value, IRecursivePatternOperation recursive)
    {
        foreach (var part in recursive.PropertySubpatterns)
        {
            if (part.Member is not IPropertyReferenceOperation member)
            {
                walk.Escape();
            }
            else if (!value.IsRow(value.Operation.Type))
            {
                if (value.IsCarriedBy(member.Type))
                    walk.Escape();
            }
            else if (MemberOf(value, member.Property.Name) is { Kind: EntityMemberKind.Column } column)
            {
                AddRead(value, column, member);
            }
            else
            {
                walk.Escape();
            }
        }
    }

    private void FollowMember(RowValue value, string name, IPropertyReferenceOperation reference)
    {
        var member = MemberOf(value, name);
        switch (member?.Kind)
        {
            case EntityMemberKind.Column:
                AddRead(value, member, reference);
                if (reference.IsChangedInPlace())
                    walk.Escape();
                break;
            case EntityMemberKind.Json:
                AddRead(value, member, reference);
                if (reference.IsChangedInPlace() || reference.Parent is not IPropertyReferenceOperation)
                    walk.Escape();
                break;
            case EntityMemberKind.Owned when member.Target is INamedTypeSymbol owned:
                walk.Push(value.In(reference) with { Entity = model.Entities.Describe(owned), Path = value.PathTo(name) });
                break;
            case EntityMemberKind.Reference or EntityMemberKind.Collection:
                FollowNavigation(value, member, reference);
                break;
            default:
                FollowComputed(value, reference);
                break;
        }
    }

    private static EntityMember? MemberOf(RowValue value, string name) => value.Entity.Member(name);

    private void AddRead(RowValue value, EntityMember member, IPropertyReferenceOperation reference)
    {
        if (!value.IsNavigation)
            uses.AddRead(new ColumnRead(value.PathTo(member.Name), reference, value.Depth > 0));
    }

    private void FollowNavigation(RowValue value, EntityMember member, IPropertyReferenceOperation reference)
    {
        var path = value.PathTo(member.Name);
        if (walk.FollowsEverything && member.Target is INamedTypeSymbol any)
        {
            uses.AddNavigation(new NavigationRead(path, value.Entity, member, reference, value.Entries));
            walk.Push(value.In(reference) with { Entity = model.Entities.Describe(any), Path = path, IsNavigation = true });
            return;
        }

        if (member.Target is not INamedTypeSymbol target || !(member.IsAutoIncluded || _included.Contains(path))
            // Through the other side, other columns of the loaded rows can be read.
            || load.Entity.Symbol.IsOrDerivesFrom(target) || target.IsOrDerivesFrom(load.Entity.Symbol))
        {
            walk.Escape();
            return;
        }

        uses.ReadsNavigations = true;
        walk.Push(value.In(reference) with { Entity = model.Entities.Describe(target), Path = path, IsNavigation = true });
    }

    /// <summary>A computed property reads what its getter reads of <c>this</c>.</summary>
    private void FollowComputed(RowValue value, IPropertyReferenceOperation computed)
    {
        var property = computed.Property;
        if (value.Depth >= MaximumDepth || property is not { IsAbstract: false, IsVirtual: false, IsOverride: false, GetMethod: { } getter, SetMethod: null })
        {
            walk.Escape();
            return;
        }

        uses.AddEntry(computed);
        foreach (var reference in getter.DeclaringSyntaxReferences)
        {
            if (BodyOf(reference) is not { } body)
                continue;
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
                    walk.Push(value.In(part) with { Depth = value.Depth + 1, Entries = value.Entries.Add(computed) });
            }

            return;
        }

        walk.Escape();
    }

    private IOperation? BodyOf(SyntaxReference getter)
    {
        var syntax = getter.GetSyntax();
        var hasBody = syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null };
        return hasBody ? model.SemanticModelOf(getter.SyntaxTree)?.GetOperation(syntax)?.Root() : null;
    }
}
