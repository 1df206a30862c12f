using Markets.Api.Entities;

namespace Markets.Api.Repositories;

public interface ICategoryRepository
{
    IQueryable<Category> InMenuOrder();
}
