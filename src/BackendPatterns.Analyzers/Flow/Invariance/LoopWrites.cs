using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Whether a turn may change what a query answers in the next one. Code that cannot be read counts as code that may.</summary>
public static class LoopWrites
{
    private static readonly string[] AskingPrefixes =
    [
        "Get", "Find", "Is", "Has", "Can", "To", "As", "Map", "Format", "Log", "Parse", "Convert", "Build", "Calculate", "Compute", "Validate", "Render", "Read", "Try", "Compare",
        "Equals", "Contains", "Count", "Any", "Select", "Where", "Adapt", "Project", "Resolve", "Deserialize", "Serialize", "Translate", "Generate", "Hash", "Encode", "Decode",
    ];

    private static readonly string[] MessageWords = ["Mail", "Sms", "Notif", "Message", "Hub", "Client", "Smtp", "Push"];

    public static bool May(IOperation loop, IOperation query, BackendModel model)
    {
        foreach (var operation in loop.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call when call != query && MayWrite(call, model):
                case IDynamicInvocationOperation:
                    return true;
                case IMethodReferenceOperation group when group != query && model.Calls.Reaches(group.Method, RoundTripKind.DatabaseWrite):
                    return true;
            }
        }

        return false;
    }

    private static bool MayWrite(IInvocationOperation call, BackendModel model)
    {
        if (model.DataAccess.Classify(call) is { } trip)
            return trip.Kind is RoundTripKind.DatabaseWrite;
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return true;
        if (model.Calls.Reaches(method, RoundTripKind.DatabaseWrite))
            return true;
        if (model.Calls.BodiesOf(method).Length > 0 || model.Calls.Reaches(method, RoundTripKind.DatabaseRead))
            return false;
        if (IsHarmless(method.ContainingNamespace) || method.MethodKind is not MethodKind.Ordinary)
            return false;
        return !NameWords.StartsWithAny(method.Name, AskingPrefixes) && !SendsMessage(method);
    }

    private static bool IsHarmless(INamespaceSymbol? space) =>
        space.IsBelow("System") || space.IsBelow("Microsoft") || space.IsBelow("AutoMapper") || space.IsBelow("Mapster") || space.IsBelow("Newtonsoft") || space.IsBelow("Serilog")
        || space.IsBelow("Dapper") || space.IsBelow("Humanizer") || space.IsBelow("FluentValidation");

    private static bool SendsMessage(IMethodSymbol method)
    {
        foreach (var word in MessageWords)
        {
            if (method.ContainingType.Name.IndexOf(word, StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
    }
}
