using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Whether tests stand a mock in for an interface: it would not answer a new member as it was told to answer the old one.</summary>
internal static class BulkMocks
{
    private static readonly string[] Openings = ["Mock<", ".For<", ".Of<", ".Fake<", "Fake<", ".CreateMock<"];

    public static async Task<bool> MentionAsync(BulkMember called, CancellationToken cancellationToken)
    {
        if (called.Method.ContainingType is not { TypeKind: TypeKind.Interface, Name: var contract })
            return false;
        foreach (var document in called.Document.Project.Solution.Projects.SelectMany(static project => project.Documents))
        {
            var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
            if (text.IndexOf(contract, StringComparison.Ordinal) >= 0 && Openings.Any(opening => text.IndexOf(opening + contract + ">", StringComparison.Ordinal) >= 0))
                return true;
        }

        return false;
    }
}
