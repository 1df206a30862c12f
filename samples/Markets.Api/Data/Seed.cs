using Markets.Api.Auth;
using Markets.Api.Entities;

namespace Markets.Api.Data;

/// <summary>
/// The demonstration data: the same rows with the same ids on every start.
/// The size multiplies users, creators, markets and orders per market.
/// </summary>
public sealed class Seed(int size)
{
    public const string Password = "markets-demo";

    private const int UsersPerSize = 8;
    private const int CreatorsPerSize = 3;
    private const int MarketsPerSize = 9;
    private const int OrdersPerMarketAndSize = 4;
    private const int PaymentsPerSize = 6;

    private static readonly DateTime Start = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Handles = ["ada", "carl", "dina", "emil", "tom", "uma", "vic", "wei"];
    private static readonly string[] Countries = ["DE", "FR", "NL", "SE"];
    private static readonly string[] CategoryNames = ["Sports", "Elections", "Economy", "Science", "Weather"];
    private static readonly string[] Subjects = ["Cup final", "City council", "Base rate", "Moon landing", "First snow", "Harvest"];

    private readonly string _passwordHash = PasswordHasher.Hash(Password, "markets-demo-salt"u8);

    public void AddTo(MarketsDbContext db)
    {
        var outcomes = Enumerable.Range(1, size * MarketsPerSize).SelectMany(OutcomesOf).ToList();
        for (var i = 0; i < outcomes.Count; i++)
            outcomes[i].Id = i + 1;
        var firstOutcomes = outcomes.GroupBy(x => x.MarketId).ToDictionary(x => x.Key, x => x.First());

        db.Users.AddRange(Enumerable.Range(1, size * UsersPerSize).Select(User));
        db.Payments.AddRange(Enumerable.Range(1, size * PaymentsPerSize).Select(Payment));
        db.Categories.AddRange(CategoryNames.Select(Category));
        db.Creators.AddRange(Enumerable.Range(1, size * CreatorsPerSize).Select(Creator));
        db.Markets.AddRange(Enumerable.Range(1, size * MarketsPerSize).Select(Market));
        db.Outcomes.AddRange(outcomes);
        db.Orders.AddRange(Enumerable.Range(0, size * MarketsPerSize * size * OrdersPerMarketAndSize).Select(i => Order(i, firstOutcomes)));
        db.Positions.AddRange(outcomes.Where(x => x.SortOrder < 2).SelectMany(PositionsIn).Select((position, i) =>
        {
            position.Id = i + 1;
            return position;
        }));
    }

    private User User(int id)
    {
        var handle = Handles[(id - 1) % Handles.Length] + (id > Handles.Length ? $"{id}" : "");
        return new User
        {
            Id = id,
            Handle = handle,
            Email = $"{handle}@markets.example",
            PasswordHash = _passwordHash,
            DisplayName = char.ToUpperInvariant(handle[0]) + handle[1..],
            Role = id == 1 ? Roles.Admin : id <= 3 ? Roles.Creator : Roles.Trader,
            Bio = id % 2 == 0 ? $"Trades {Subjects[id % Subjects.Length]} and little else." : null,
            Country = Countries[id % Countries.Length],
            Locale = "en",
            BalanceCents = 100_000 + id * 2_500,
            MarketingConsent = id % 3 == 0,
            CreatedAt = Start.AddDays(-90 + id % 60),
            LastSeenAt = id % 4 == 0 ? null : Start.AddHours(id),
        };
    }

    private static Payment Payment(int id) => new()
    {
        Id = id,
        UserId = id,
        ProviderReference = $"seed-{id}",
        AmountCents = 2_500,
        ReceivedAt = Start.AddDays(-1).AddMinutes(id),
    };

    private static Category Category(string name, int index) => new() { Id = index + 1, Slug = Slug(name), Name = name, SortOrder = index };

    private static Creator Creator(int id) => new()
    {
        Id = id,
        UserId = 1 + id % 3,
        ParentId = id % CreatorsPerSize == 1 ? null : id - 1,
        Slug = $"desk-{id}",
        Name = $"Forecast desk {id}",
        Bio = $"Questions about {Subjects[id % Subjects.Length].ToLowerInvariant()} since 2024.",
        Website = $"https://desk-{id}.markets.example",
        Country = Countries[id % Countries.Length],
        IsVerified = id % 2 == 1,
        FeeBasisPoints = 50 + id % 4 * 25,
        PayoutAccount = $"ACC-{id:D6}",
        CreatedAt = Start.AddDays(-60 + id % 30),
    };

    private Market Market(int id) => new()
    {
        Id = id,
        CreatorId = 1 + id % (size * CreatorsPerSize),
        CategoryId = 1 + id % CategoryNames.Length,
        Slug = $"{Slug(Subjects[id % Subjects.Length])}-{id}",
        Title = $"{Subjects[id % Subjects.Length]}: will it happen by week {id}?",
        Description = $"Trades until week {id} of the season.",
        Rules = "Settled from the official announcement; ties settle at half.",
        ResolutionSource = $"https://results.markets.example/{id}",
        Status = id % MarketsPerSize == 0 ? MarketStatus.Draft : MarketStatus.Open,
        Currency = "EUR",
        FeedSymbol = $"MKT{id}",
        LiquidityCents = 50_000 + id * 1_000,
        VolumeCents = 10_000 + id * 7_300 % 90_000,
        FeeBasisPoints = 100,
        OpensAt = Start.AddDays(id),
        ClosesAt = Start.AddYears(10).AddDays(id),
        CreatedAt = Start.AddDays(id - 1),
        UpdatedAt = Start.AddDays(id - 1),
    };

    private static IEnumerable<Outcome> OutcomesOf(int marketId)
    {
        string[] labels = marketId % 3 == 0 ? ["Yes", "No", "Postponed"] : ["Yes", "No"];
        var yes = 20 + marketId * 13 % 60;
        return labels.Select((label, i) => new Outcome
        {
            MarketId = marketId,
            Label = label,
            PriceCents = i == 0 ? yes : (100 - yes) / (labels.Length - 1),
            SortOrder = i,
        });
    }

    private Order Order(int index, Dictionary<int, Outcome> firstOutcomes)
    {
        var marketId = 1 + index % (size * MarketsPerSize);
        var outcome = firstOutcomes[marketId];
        var isOpen = index % 4 != 3;
        return new Order
        {
            Id = index + 1,
            MarketId = marketId,
            OutcomeId = outcome.Id,
            UserId = 1 + index % (size * UsersPerSize),
            Side = index % 2 == 0 ? OrderSide.Buy : OrderSide.Sell,
            Status = isOpen ? OrderStatus.Open : OrderStatus.Filled,
            Shares = 10 + index % 7 * 5,
            FilledShares = isOpen ? 0 : 10 + index % 7 * 5,
            LimitPriceCents = Math.Clamp(outcome.PriceCents + index % 5 - 2, 1, 99),
            FeeCents = 5 + index % 3,
            ClientReference = $"seed-{index + 1}",
            Channel = index % 3 == 0 ? "api" : "web",
            PlacedAt = Start.AddDays(1).AddMinutes(index),
            UpdatedAt = Start.AddDays(1).AddMinutes(index),
        };
    }

    private IEnumerable<Position> PositionsIn(Outcome outcome)
    {
        var others = size * UsersPerSize - 1;
        int[] holders = outcome.SortOrder == 0 ? [1, 2 + outcome.MarketId % others] : [2 + outcome.Id % others];
        return holders.Select(userId => new Position
        {
            UserId = userId,
            MarketId = outcome.MarketId,
            OutcomeId = outcome.Id,
            Shares = 20 + outcome.Id % 6 * 10,
            AveragePriceCents = Math.Clamp(outcome.PriceCents - 3 + userId % 7, 1, 99),
            RealisedProfitCents = outcome.Id % 5 * 40,
            OpenedAt = Start.AddDays(2).AddMinutes(outcome.Id),
            UpdatedAt = Start.AddDays(3).AddMinutes(outcome.Id),
        });
    }

    private static string Slug(string text) => text.ToLowerInvariant().Replace(' ', '-');
}
