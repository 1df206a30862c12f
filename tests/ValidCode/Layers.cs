using ValidCode.Layers.Application;
using ValidCode.Layers.Domain;
using ValidCode.Layers.Storage;

// What holds layers together without breaking their rules.
namespace ValidCode.Layers.Domain
{
    public record Tariff(string Name, decimal Price);

    /// <summary>Has the name of a type of another layer, and of one of its members. See <see cref="Web.TariffView"/>.</summary>
    public class TariffView
    {
        public string Shown { get; init; } = nameof(Tariff);
    }
}

namespace ValidCode.Layers.Application
{
    /// <summary>The application states what it needs; storage implements it.</summary>
    public interface ITariffStore
    {
        Task<Tariff?> FindAsync(string name, CancellationToken cancellationToken);
    }

    public class TariffService(ITariffStore store)
    {
        public async Task<decimal?> PriceAsync(string name, CancellationToken cancellationToken) => (await store.FindAsync(name, cancellationToken))?.Price;
    }
}

namespace ValidCode.Layers.Storage
{
    public class TariffStore : ITariffStore
    {
        public Task<Tariff?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<Tariff?>(new Tariff(name, 1));
    }
}

namespace ValidCode.Layers.Web
{
    /// <summary>A lower layer may be used past the one between.</summary>
    public record TariffView(Tariff Tariff)
    {
        public static async Task<decimal> ShowAsync(TariffService tariffs, string name, CancellationToken cancellationToken) => await tariffs.PriceAsync(name, cancellationToken) ?? 0;
    }
}

namespace ValidCode.Layers
{
    /// <summary>Code in no layer puts the layers together.</summary>
    public static class LayersSetup
    {
        public static TariffService Tariffs() => new(new TariffStore());

        public static Web.TariffView View(Tariff tariff) => new(tariff);
    }
}
