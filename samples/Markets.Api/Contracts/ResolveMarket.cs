using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed record ResolveMarket([Range(1, int.MaxValue)] int OutcomeId);
