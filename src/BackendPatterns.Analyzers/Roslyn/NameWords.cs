using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>The words of an identifier, a route or a header name: <c>ForgotPassword</c>, <c>forgot-password</c> and <c>forgot_password</c> are the same two.</summary>
public static class NameWords
{
    /// <summary>Returns the words in lower case, split at case changes and at everything that is no letter or digit.</summary>
    public static ImmutableArray<string> Of(string name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var isPart = i < name.Length && char.IsLetterOrDigit(name[i]);
            if (start >= 0 && (!isPart || StartsWord(name, i)))
            {
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
                start = -1;
            }

            if (isPart && start < 0)
                start = i;
        }

        return words.ToImmutable();
    }

    /// <summary>True where <paramref name="phrase"/> occurs in <paramref name="words"/> as consecutive whole words.</summary>
    public static bool Contain(ImmutableArray<string> words, ImmutableArray<string> phrase)
    {
        for (var start = 0; start + phrase.Length <= words.Length; start++)
        {
            var matched = 0;
            while (matched < phrase.Length && words[start + matched] == phrase[matched])
                matched++;
            if (matched == phrase.Length)
                return phrase.Length > 0;
        }

        return false;
    }

    /// <summary>True where a name begins with one of these words, as a word: <c>GetOrder</c> with <c>Get</c>, <c>Getter</c> not.</summary>
    public static bool StartsWithAny(string name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length])))
                return true;
        }

        return false;
    }

    // "HTTPContext" is "http", "context": the last capital of a run starts the next word.
    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
