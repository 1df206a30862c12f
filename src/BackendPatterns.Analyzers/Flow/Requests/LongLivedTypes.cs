using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>Types of which there is one object per application.</summary>
internal static class LongLivedTypes
{
    /// <summary>True for middleware, hosted services, and what is seen to be registered as singleton.</summary>
    public static bool Contain(INamedTypeSymbol type, BackendModel model)
    {
        if (model.Registrations.Lifetimes.AreSingletons(type))
            return true;
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.Name == "IHostedService" || model.Registrations.Lifetimes.AreSingletons(contract))
                return true;
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                // Middleware by convention is made once (https://learn.microsoft.com/aspnet/core/fundamentals/middleware/write).
                if (parameter.Type.Name == "RequestDelegate")
                    return true;
            }
        }

        return false;
    }
}
