using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>
/// Reads the registrations of one project. Every registration counts, whether it runs or not: a name too many keeps a rule silent, one too few would
/// make it wrong. What cannot be read is remembered by kind.
/// </summary>
internal sealed class RegistrationReader
{
    private const int MaximumDepth = 4;
    private const int MostCallers = 64;

    private static readonly TreeWords Hints = new(
        "IServiceCollection", "Services.Add", "Services.Configure", "WebApplication", "IHostApplicationBuilder", "IHostBuilder", "IWebHostBuilder", "IMvcBuilder", "AddPolicy", "AddFixedWindowLimiter", "AddSlidingWindowLimiter",
        "AddTokenBucketLimiter", "AddConcurrencyLimiter", "AddScheme",
        "AuthenticationBuilder", "AuthorizationBuilder", "IdentityBuilder", "AuthorizationOptions", "RateLimiterOptions", "CorsOptions", "OutputCacheOptions", "AuthenticationOptions",
        "PolicyProvider", "SchemeProvider");

    // Assemblies that a module system loads by name register what nobody here can see.
    private static readonly TreeWords LoadHints = new("Assembly.Load", "LoadFromAssembly", "AssemblyLoadContext");

    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        "IServiceCollection", "WebApplicationBuilder", "IHostApplicationBuilder", "HostApplicationBuilder", "IHostBuilder", "IWebHostBuilder", "ConfigureHostBuilder", "ConfigureWebHostBuilder",
        "IMvcBuilder", "IMvcCoreBuilder", "IdentityBuilder", "AuthenticationBuilder", "AuthorizationBuilder", "AuthorizationOptions", "AuthenticationOptions", "RateLimiterOptions",
        "CorsOptions", "OutputCacheOptions", "IServiceProvider", "WebApplication",
    };

    private readonly BackendModel _model;
    private readonly ForeignRegistrations _foreign = new();
    private readonly Dictionary<NameKind, HashSet<string>> _names = [];

    private RegistrationReader(BackendModel model) => _model = model;

    /// <summary>The kinds that may have other names than those found.</summary>
    public NameKinds Unknown { get; private set; }

    /// <summary>The kinds that this project registers: by a name, or by the call that turns them on.</summary>
    public NameKinds Registered { get; private set; }

    /// <summary>The kinds whose names a provider of this project looks up.</summary>
    public NameKinds Replaced { get; private set; }

    public IEnumerable<string> NamesOf(NameKind kind) => _names.TryGetValue(kind, out var names) ? names : [];

    public static RegistrationReader Read(BackendModel model)
    {
        var reader = new RegistrationReader(model);
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            if (LoadHints.AnyIn(tree, CancellationToken.None))
                reader.Unknown = NameKinds.All;
            foreach (var node in tree.GetRoot().DescendantNodes())
                reader.Read(node, semantics);
        }

        return reader;
    }

    private void Read(SyntaxNode node, SemanticModel semantics)
    {
        switch (node)
        {
            case InvocationExpressionSyntax call when RegistrationCalls.MayRegister(call):
                if (semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method)
                    Read(call, method, semantics);
                else if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var unbound } && unbound.StartsWith("Add", StringComparison.Ordinal))
                    Unknown = NameKinds.All;
                break;
            case SimpleNameSyntax name when FrameworkRegistrations.ReplacedBy(name.Identifier.ValueText) is var replaced and not NameKinds.None && Replaces(name):
                Replaced |= replaced;
                Unknown |= replaced;
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SchemeMap" or "DefaultPolicyName" } member
                when semantics.GetSymbolInfo(member).Symbol is IPropertySymbol property && FrameworkRegistrations.IsFramework(property):
                Unknown |= property.Name == "SchemeMap" ? NameKinds.AuthenticationScheme : NameKinds.CorsPolicy;
                break;
        }
    }

    // A base, or what is registered for the service: AddSingleton<IAuthorizationPolicyProvider, …>. To ask for the service replaces nothing.
    private static bool Replaces(SimpleNameSyntax name)
    {
        SyntaxNode type = name;
        while (type.Parent is NameSyntax)
            type = type.Parent;
        return type.Parent switch
        {
            BaseTypeSyntax => true,
            TypeArgumentListSyntax { Parent: GenericNameSyntax generic } => !generic.Identifier.ValueText.StartsWith("Get", StringComparison.Ordinal),
            TypeOfExpressionSyntax => true,
            _ => false,
        };
    }

    private void Read(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel semantics)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        // Own code is read where it stands; so is that of projects that come with their source.
        if (definition.ContainingAssembly is null or ISourceAssemblySymbol || !definition.DeclaringSyntaxReferences.IsEmpty)
            return;
        if (!FrameworkRegistrations.IsFramework(definition))
        {
            if (TakesCarrier(definition) || TakesCarrier(method))
                Unknown |= _foreign.MadeBy(definition.ContainingAssembly);
            return;
        }

        foreach (var argument in method.TypeArguments)
            ReadTypeArgument(argument, method);
        if (FrameworkRegistrations.Of(definition) is not { } registration)
            return;
        Registered |= registration.Kind.AsSet();
        if (registration.Fixed.IsDefault)
            Unknown |= registration.Kind.AsSet();
        else if (registration.Parameter is null)
            Add(registration.Kind, registration.Fixed);
        else if (semantics.GetOperation(call) is not IInvocationOperation operation || operation.ArgumentAt(registration.Parameter.Ordinal) is not { } value)
            Unknown |= registration.Kind.AsSet();
        else
            AddNamesIn(value, registration.Kind, 0);
        ReadDelegates(call, registration.Kind, semantics);
    }

    // AddTransient<IConfigureOptions<AuthorizationOptions>, TheirSetup>(), ConfigureOptions<TheirSetup>(), UseStartup<TheirStartup>().
    private void ReadTypeArgument(ITypeSymbol argument, IMethodSymbol method)
    {
        if (argument is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: true, ContainingAssembly: { } assembly } || FrameworkRegistrations.IsFramework(argument))
            return;
        if (method.Name is "ConfigureOptions" or "UseStartup" || argument.AllInterfaces.Any(static contract => contract.Name is "IConfigureOptions" or "IConfigureNamedOptions" or "IPostConfigureOptions"))
            Unknown |= _foreign.MadeBy(assembly);
    }

    // AddAuthorization(Theirs.Configure): a method group of another assembly.
    private void ReadDelegates(InvocationExpressionSyntax call, NameKind kind, SemanticModel semantics)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is MemberAccessExpressionSyntax or IdentifierNameSyntax && semantics.GetSymbolInfo(argument.Expression).Symbol is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true })
                Unknown |= kind.AsSet();
        }
    }

    private static bool TakesCarrier(IMethodSymbol method)
    {
        if (Carriers.Contains(method.ContainingType.Name))
            return true;
        foreach (var parameter in method.Parameters)
        {
            if (Carriers.Contains(parameter.Type.Name))
                return true;
        }

        return false;
    }

    private void AddNamesIn(IOperation value, NameKind kind, int depth)
    {
        value = value.Unwrap();
        if (value.ConstantValue is { HasValue: true, Value: string name })
        {
            Add(kind, ImmutableArray.Create(name));
            return;
        }

        switch (value)
        {
            case ILocalReferenceOperation { Local: var local } when depth < MaximumDepth && LocalValues.Around(value).OnlyValueOf(local) is { } given:
                AddNamesIn(given, kind, depth + 1);
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } parameter }
                when depth < MaximumDepth && LocalValues.Around(value).WritesTo(parameter).Count == 0:
                AddNamesOfCallers(method, parameter, kind, depth);
                break;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field } when ConstantOf(field) is { } constant:
                Add(kind, ImmutableArray.Create(constant));
                break;
            default:
                Unknown |= kind.AsSet();
                break;
        }
    }

    private void AddNamesOfCallers(IMethodSymbol method, IParameterSymbol parameter, NameKind kind, int depth)
    {
        var calls = CallersInSource.Of(method, _model, MostCallers);
        if (calls.IsDefaultOrEmpty)
        {
            Unknown |= kind.AsSet();
            return;
        }

        foreach (var call in calls)
        {
            if (call.ArgumentAt(parameter.Ordinal) is { } given)
                AddNamesIn(given, kind, depth + 1);
            else
                Unknown |= kind.AsSet();
        }
    }

    private string? ConstantOf(IFieldSymbol field)
    {
        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } && _model.SemanticModelOf(reference.SyntaxTree)?.GetConstantValue(value) is { HasValue: true, Value: string text })
                return text;
        }

        return null;
    }

    private void Add(NameKind kind, ImmutableArray<string> names)
    {
        if (!_names.TryGetValue(kind, out var known))
            _names.Add(kind, known = new HashSet<string>(kind.Comparer()));
        known.UnionWith(names);
    }
}
