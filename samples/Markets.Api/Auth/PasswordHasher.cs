using System.Security.Cryptography;

namespace Markets.Api.Auth;

public static class PasswordHasher
{
    private const int Iterations = 100_000;
    private const int HashLength = 32;
    private const int SaltLength = 16;

    public static string Hash(string password) => Hash(password, RandomNumberGenerator.GetBytes(SaltLength));

    public static string Hash(string password, ReadOnlySpan<byte> salt) =>
        $"{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Derive(password, salt))}";

    public static bool Verify(string password, string stored)
    {
        var parts = stored.Split('.', 2);
        if (parts.Length != 2)
            return false;

        var derived = Derive(password, Convert.FromBase64String(parts[0]));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[1]));
    }

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashLength);
}
