using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Markets.Api.Tests;

/// <summary>Remembers the text of every SQL command that EF Core executes.</summary>
public sealed class SqlLog : DbCommandInterceptor
{
    private readonly List<string> _commands = [];

    public IReadOnlyList<string> Take()
    {
        lock (_commands)
        {
            string[] taken = [.. _commands];
            _commands.Clear();
            return taken;
        }
    }

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) => Remember(result);

    private DbCommand Remember(DbCommand command)
    {
        lock (_commands)
            _commands.Add(command.CommandText);
        return command;
    }
}
