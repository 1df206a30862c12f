using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>BP2007: a service, repository or domain type depends on the HTTP request or on results that write a response.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BP2007HttpContextBelowEndpointAnalyzer() : RuleAnalyzer(Descriptor)
{
    public const string Id = "BP2007";

    private static readonly DiagnosticDescriptor Descriptor = Framework.Rule.Create(
        id: Id,
        title: "HTTP below the endpoints",
        messageFormat: "'{0}' depends on '{1}', so it works only while a request is answered; let the endpoint read what it needs and pass that",
        category: Category.Architecture,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "A service that reads the request or makes HTTP results cannot be used by a background job, a message consumer or another service, and its tests have to build a request.");

    protected override bool AppliesTo(BackendModel model) => BP2007HttpTypes.In(model.Compilation) is not null;

    protected override void Register(RuleRegistration rule, BackendModel model)
    {
        var types = BP2007HttpTypes.In(model.Compilation)!;
        var layer = new BP2007LowerLayer(model);
        rule.OnSymbol(
            context =>
            {
                var type = (INamedTypeSymbol)context.Symbol;
                if (!BP2007LowerLayer.MayContain(type) || Dependencies(type, types) is not [var first, ..] dependencies || !layer.Contains(type))
                    return;
                context.ReportDiagnostic(rule.At(
                    first.Location, dependencies.Skip(1).Select(static other => other.Location), properties: null, type.Name, first.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
            },
            SymbolKind.NamedType);
    }

    /// <summary>What a type takes, holds and gives: parameters of its constructors first, then fields and properties, then methods.</summary>
    private static List<(ITypeSymbol Type, Location Location)> Dependencies(INamedTypeSymbol type, BP2007HttpTypes types)
    {
        List<(ITypeSymbol, Location)>? constructed = null;
        List<(ITypeSymbol, Location)>? held = null;
        List<(ITypeSymbol, Location)>? passed = null;
        foreach (var member in type.MembersByPlace())
        {
            switch (member)
            {
                case IFieldSymbol { IsImplicitlyDeclared: false } field:
                    Add(ref held, field.Type, field, field);
                    break;
                case IPropertySymbol { IsOverride: false } property:
                    Add(ref held, property.Type, property, property);
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: false } constructor:
                    AddParameters(ref constructed, constructor);
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false, IsImplicitlyDeclared: false } method:
                    Add(ref passed, method.ReturnType, method, method);
                    AddParameters(ref passed, method);
                    break;
            }
        }

        return [.. constructed ?? [], .. held ?? [], .. passed ?? []];

        void AddParameters(ref List<(ITypeSymbol, Location)>? found, IMethodSymbol method)
        {
            foreach (var parameter in method.Parameters)
                Add(ref found, parameter.Type, parameter, method);
        }

        void Add(ref List<(ITypeSymbol, Location)>? found, ITypeSymbol used, ISymbol place, ISymbol member)
        {
            // A member that an interface asks for is the interface's dependency.
            if (types.Contain(used) && place.Locations is [{ IsInSource: true } location, ..] && !member.ImplementedMembers().Any())
                (found ??= []).Add((used.UnwrapTask(), location));
        }
    }
}
