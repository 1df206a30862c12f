using System.ComponentModel.DataAnnotations;

namespace Markets.Api.Contracts;

public sealed class RenameCategory
{
    public int Id { get; set; }

    [StringLength(60)]
    public required string Name { get; set; }
}
