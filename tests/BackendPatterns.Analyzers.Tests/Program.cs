using BackendPatterns.Analyzers.Tests.Robustness.Deep;
using BackendPatterns.Analyzers.Tests.Robustness.Mutation;

// The tests are run by `dotnet test`; started as a program, this assembly does what takes too long for it.
return args switch
{
    ["fuzz", .. var options] => await FuzzCommand.Run(options),
    ["deep", .. var words] => await DeepCommand.Run(words),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: dotnet run --project tests/BackendPatterns.Analyzers.Tests -c Release -- fuzz [options] | deep [words]");
    return 2;
}
