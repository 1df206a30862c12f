using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1017 leaves pages of up to 100 rows as they are, and gives no more to who asks for more.</summary>
public class BP1017CapTests
{
    [Theory]
    [InlineData("return await db.Notes.OrderBy(n => n.Id).Skip((page - 1) * size).Take(size).ToListAsync();")]
    [InlineData("var skip = (page - 1) * size; return await db.Notes.OrderBy(n => n.Id).Skip(skip).Take(size).ToListAsync();")]
    public async Task FixedPage_IsTheSameUpToTheCap(string statements)
    {
        var source = $$"""
            public class NotesController(ShopContext db)
            {
                // A controller by its name: the run has no ASP.NET Core to load attributes from.
                public async Task<List<Note>> Get(int page, int size)
                {
                    {{statements}}
                }
            }

            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    for (var i = 4; i <= 250; i++)
                        db.Add(new Note { Id = i, Text = "note " + i });
                    await db.SaveChangesAsync();
                    var notes = new NotesController(db);
                    var small = await notes.Get(3, 20);
                    var large = await notes.Get(1, 1000);
                    var second = await notes.Get(2, 1000);
                    return $"{small.Count} from {small[0].Id}, {large.Count} of 1000, then {second.Count} from {(second.Count == 0 ? 0 : second[0].Id)}";
                }
            }
            """;
        var run = await BeforeAndAfter.Of<BP1017UncappedPageSizeAnalyzer, BP1017UncappedPageSizeFix>(source);
        Assert.Equal("\"20 from 41, 250 of 1000, then 0 from 0\"", run.Before.Answer);
        Assert.Equal("\"20 from 41, 100 of 1000, then 100 from 101\"", run.After.Answer);
        Assert.Equal(run.Before.Commands.Count, run.After.Commands.Count);
    }
}
