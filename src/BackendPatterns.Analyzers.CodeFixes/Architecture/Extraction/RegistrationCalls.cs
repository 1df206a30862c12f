using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>The calls on a service collection that a project always makes, in the order of its files.</summary>
/// <param name="Registrations">The calls.</param>
/// <param name="Modules">The bodies of methods of an interface that register the services of a module: <c>void ConfigureServices(IServiceCollection services)</c>.</param>
/// <param name="Scans">True where the project registers services that it finds by scanning assemblies.</param>
internal sealed record RegistrationCalls(IReadOnlyList<RegistrationCalls.Registration> Registrations, IReadOnlyList<RegistrationPlace> Modules, bool Scans)
{
    private static readonly TreeWords Words = new("AddScoped", "AddTransient", "AddSingleton", ".Services.Add", "IServiceCollection");
    private static readonly TreeWords ScanWords = new("RegistrationStrategy.Throw", ".Scan(", "RegisterAssemblyTypes", "RegisterAssemblyModules", "AddServicesFromAssembl");

    /// <param name="Place">The statement.</param>
    /// <param name="Body">The body that it stands in.</param>
    /// <param name="IsOwn">True where it registers a type of the solution.</param>
    /// <param name="IsService">True where that is a service behind its interface.</param>
    /// <param name="IsInEntryPoint">True in top-level statements, <c>Main</c> and <c>ConfigureServices</c>.</param>
    internal sealed record Registration(RegistrationPlace Place, SyntaxNode Body, bool IsOwn, bool IsService, bool IsInEntryPoint);

    public static async Task<RegistrationCalls> InAsync(Project project, CancellationToken cancellationToken)
    {
        var found = new List<Registration>();
        var modules = new List<RegistrationPlace>();
        var scans = false;
        foreach (var document in project.Documents.OrderBy(static document => document.FilePath ?? document.Name, StringComparer.Ordinal))
        {
            if (await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) is not { } tree)
                continue;
            scans |= ScanWords.AnyIn(tree, cancellationToken);
            if (!Words.AnyIn(tree, cancellationToken) || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
                continue;
            foreach (var node in (await tree.GetRootAsync(cancellationToken).ConfigureAwait(false)).DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call && name.StartsWith("Add", StringComparison.Ordinal)
                    && Of(call, document, semantics, cancellationToken) is { } registration)
                {
                    found.Add(registration);
                }
                else if (node is MethodDeclarationSyntax { Identifier.ValueText: "ConfigureServices", ParameterList.Parameters: [var services], Body: { } body, ReturnType: PredefinedTypeSyntax } method
                    && services.Type?.ToString() == "IServiceCollection" && IsOfInterface(method, semantics, cancellationToken))
                {
                    modules.Add(new RegistrationPlace(document, body, SyntaxFactory.IdentifierName(services.Identifier.ValueText)));
                }
            }
        }

        return new RegistrationCalls(found, modules, scans);
    }

    /// <summary>Returns what a chain of calls begins with: <c>builder.Services</c>.</summary>
    public static ExpressionSyntax RootOf(ExpressionSyntax chain)
    {
        while (chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member })
            chain = member.Expression;
        return chain;
    }

    private static bool IsOfInterface(MethodDeclarationSyntax declaration, SemanticModel semantics, CancellationToken cancellationToken) =>
        semantics.GetDeclaredSymbol(declaration, cancellationToken) is { ContainingType: { } type } method
        && type.AllInterfaces.SelectMany(static contract => contract.GetMembers("ConfigureServices")).Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));

    private static Registration? Of(InvocationExpressionSyntax call, Document document, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var end = FluentChain.EndOf(call);
        SyntaxNode? statement = end.Parent switch
        {
            ExpressionStatementSyntax { Parent: GlobalStatementSyntax global } => global,
            ExpressionStatementSyntax { Parent: BlockSyntax } expression => expression,
            ReturnStatementSyntax { Parent: BlockSyntax } returned => returned,
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax } arrow => arrow,
            _ => null,
        };
        if (statement is null || BodyOf(statement) is not { } body || IsConditional(statement) || !IsCollection(RootOf(end), semantics))
            return null;
        // What follows AddIdentity() goes to another builder: a call cannot be appended, only a statement can.
        if (statement is not (ExpressionStatementSyntax or GlobalStatementSyntax) && !IsCollection(end, semantics))
            return null;
        var isOwn = false;
        var isService = false;
        if (call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "AddScoped" or "AddTransient" or "AddSingleton", TypeArgumentList.Arguments: [var first, ..] and var types } }
            && semantics.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && method.IsIn("Microsoft.Extensions.DependencyInjection"))
        {
            isOwn = semantics.GetTypeInfo(types[types.Count - 1], cancellationToken).Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false };
            isService = isOwn && types.Count == 2 && types[1].ToString().EndsWith("Service", StringComparison.Ordinal) && semantics.GetTypeInfo(first, cancellationToken).Type is { TypeKind: TypeKind.Interface };
        }

        return new Registration(new RegistrationPlace(document, statement, end), body, isOwn, isService, IsEntryPoint(body));
    }

    private static bool IsCollection(ExpressionSyntax expression, SemanticModel semantics) =>
        semantics.GetTypeInfo(expression).Type is { Name: "IServiceCollection" } type && type.IsIn("Microsoft.Extensions.DependencyInjection");

    /// <summary>The file of top-level statements, a method, or the callback of <c>ConfigureServices(services => …)</c>; null for a statement that may not run or may run twice.</summary>
    private static SyntaxNode? BodyOf(SyntaxNode statement)
    {
        if (statement is GlobalStatementSyntax)
            return statement.Parent;
        var around = statement is ArrowExpressionClauseSyntax ? statement.Parent : statement.Parent?.Parent;
        return around switch
        {
            MethodDeclarationSyntax method => method,
            AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureServices" } } } } callback => callback,
            _ => null,
        };
    }

    private static bool IsEntryPoint(SyntaxNode body) =>
        body is CompilationUnitSyntax or AnonymousFunctionExpressionSyntax or MethodDeclarationSyntax { Identifier.ValueText: "Main" or "ConfigureServices" };

    private static bool IsConditional(SyntaxNode statement)
    {
        if (!statement.SyntaxTree.GetRoot().ContainsDirectives)
            return false;
        var depth = 0;
        foreach (var trivia in statement.SyntaxTree.GetRoot().DescendantTrivia(static node => node.ContainsDirectives))
        {
            if (trivia.SpanStart > statement.SpanStart)
                break;
            depth += trivia.Kind() switch { SyntaxKind.IfDirectiveTrivia => 1, SyntaxKind.EndIfDirectiveTrivia => -1, _ => 0 };
        }

        return depth > 0;
    }
}
