using BackendPatterns.Analyzers.Flow.Boundaries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>A check of tokens that is off where the application authenticates, also in production.</summary>
/// <param name="Setting">What turns it off: <c>ValidateLifetime = false</c>, <c>LifetimeValidator</c>.</param>
/// <param name="LetsIn">The tokens that come in without it.</param>
internal sealed record DisabledCheck(string Setting, string LetsIn)
{
    /// <summary>Returns the check of this subject that an assignment turns off, or null.</summary>
    public static DisabledCheck? Of(ISimpleAssignmentOperation assignment, ValidationSubject subject, BackendModel model, CancellationToken cancellation)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property.Name: var name } || ValidationCheck.Of(name)?.Subject != subject
            || new ValidationSettings(model, cancellation).TurnedOffBy(assignment) is not { } check || new DevelopmentGuard(model, cancellation).IsAround(assignment))
        {
            return null;
        }

        return new DisabledCheck(name == check.Validator ? name : name + " = false", check.LetsIn);
    }
}
