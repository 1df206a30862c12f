namespace ValidCode;

/// <summary>Data access whose implementation is in another project, asked once for many.</summary>
public class HiddenRepositories(ISupplierRepository suppliers)
{
    public async Task<List<string>> Names(List<int> ids)
    {
        var names = new List<string>();
        foreach (var chunk in ids.Chunk(200))
            names.AddRange((await suppliers.GetByIdsAsync(chunk)).Select(supplier => supplier.Name));
        return names;
    }

    public async Task<Supplier?> FirstKnown(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            if (await suppliers.GetByIdAsync(id) is { } supplier)
                return supplier;
        }

        return null;
    }

    public async Task Add(IEnumerable<Supplier> added)
    {
        foreach (var supplier in added)
            await suppliers.AddAsync(supplier);
    }
}

public interface ISupplierRepository
{
    Task<Supplier?> GetByIdAsync(int id);

    Task<List<Supplier>> GetByIdsAsync(IEnumerable<int> ids);

    Task AddAsync(Supplier supplier);
}

public record Supplier(int Id, string Name);
