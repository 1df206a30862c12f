namespace Markets.Api.Contracts;

public sealed record EditorialAccount(int Id, string Handle, string DisplayName, string Role, bool IsSuspended);
