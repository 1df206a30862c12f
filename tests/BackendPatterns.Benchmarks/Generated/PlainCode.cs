namespace BackendPatterns.Benchmarks.Generated;

/// <summary>Code of a module that has nothing to do with a backend: rules, parsers, texts, dates, tables.</summary>
internal static class PlainCode
{
    public static IEnumerable<GeneratedFile> FilesOf(GeneratedModule module)
    {
        yield return Charges(module);
        yield return Workflow(module);
        yield return Validator(module);
        yield return Reader(module);
        yield return Statement(module);
        yield return Window(module);
        yield return Allocation(module);
        if (!module.IsOneIn(3))
            yield return Index(module);
        if (!module.IsOneIn(3, 2))
            yield return Schedule(module);
    }

    private static string Repeat(int count, Func<int, string> part) => string.Join("\n\n", Enumerable.Range(1, count).Select(part));

    private static GeneratedFile Charges(GeneratedModule module)
    {
        var tariffs = Repeat(3 + module.Vary(10, 4), index => $$"""
                public static decimal Tariff{{index}}(decimal amount, int quantity, bool isUrgent)
                {
                    var rate = quantity switch
                    {
                        < {{5 + module.Vary(index, 10)}} => 0.{{10 + module.Vary(index + 1, 80)}}m,
                        < {{20 + module.Vary(index + 2, 50)}} => 0.{{10 + module.Vary(index + 3, 80)}}m,
                        < {{100 + module.Vary(index + 4, 300)}} => 0.0{{1 + module.Vary(index + 5, 9)}}m,
                        _ => 0.01m,
                    };
                    var charge = amount * rate;
                    if (isUrgent)
                        charge += Math.Max({{1 + module.Vary(index + 6, 20)}}m, amount * 0.02m);
                    for (var step = 1; step <= quantity / 10; step++)
                        charge -= Math.Min(charge * 0.01m, step * 0.05m);
                    return Math.Round(charge, 2, MidpointRounding.AwayFromZero);
                }
            """);
        return module.File("Rules", $"{module.Name}Charges", $$"""
            /// <summary>What one {{module.Name}} costs.</summary>
            public static class {{module.Name}}Charges
            {
            {{tariffs}}

                public static decimal Total(IEnumerable<{{module.Name}}LineDetails> lines, bool isUrgent)
                {
                    var sum = 0m;
                    foreach (var line in lines)
                    {
                        if (line.Quantity <= 0)
                            continue;
                        sum += Tariff1(line.Price, line.Quantity, isUrgent) + Tariff2(line.Price * line.Quantity, 1, isUrgent);
                    }

                    return sum;
                }
            }
            """);
    }

    private static GeneratedFile Workflow(GeneratedModule module) => module.File("Rules", $"{module.Name}Workflow", $$"""
        public enum {{module.Name}}Action
        {
            Submit,
            Approve,
            Reject,
            Reopen,
            Close,
        }

        public sealed class {{module.Name}}Workflow
        {
            private readonly List<(DateTime At, {{module.Name}}Status From, {{module.Name}}Status To)> _history = [];

            public {{module.Name}}Status Current { get; private set; } = {{module.Name}}Status.Draft;

            public int Changes => _history.Count;

            public bool TryApply({{module.Name}}Action action, DateTime now)
            {
                var next = (Current, action) switch
                {
                    ({{module.Name}}Status.Draft, {{module.Name}}Action.Submit) => {{module.Name}}Status.Open,
                    ({{module.Name}}Status.Open, {{module.Name}}Action.Approve) => {{module.Name}}Status.Approved,
                    ({{module.Name}}Status.Open, {{module.Name}}Action.Reject) => {{module.Name}}Status.Rejected,
                    ({{module.Name}}Status.Rejected, {{module.Name}}Action.Reopen) => {{module.Name}}Status.Open,
                    ({{module.Name}}Status.Approved, {{module.Name}}Action.Close) => {{module.Name}}Status.Closed,
                    _ => Current,
                };
                if (next == Current)
                    return false;
                _history.Add((now, Current, next));
                Current = next;
                return true;
            }

            public TimeSpan TimeIn({{module.Name}}Status status, DateTime now)
            {
                var total = TimeSpan.Zero;
                var entered = default(DateTime?);
                foreach (var (at, from, to) in _history)
                {
                    if (from == status && entered is { } since)
                    {
                        total += at - since;
                        entered = null;
                    }

                    if (to == status)
                        entered = at;
                }

                return entered is { } open ? total + (now - open) : total;
            }

            public override string ToString() => string.Join(" > ", _history.Select(change => change.To).Prepend({{module.Name}}Status.Draft));
        }
        """);

    private static GeneratedFile Validator(GeneratedModule module)
    {
        var rules = Repeat(2 + module.Vary(11, 4), index => $$"""
                private void Check{{index}}({{module.Name}}LineDetails line, int number)
                {
                    if (string.IsNullOrWhiteSpace(line.Description))
                        Add($"Line {number} has no description");
                    else if (line.Description.Length > {{40 + (10 * module.Vary(index + 20, 12))}})
                        Add($"The description of line {number} is too long: {line.Description.Length} characters");
                    if (line.Quantity is < {{index}} or > {{1000 * (1 + module.Vary(index + 21, 9))}})
                        Add($"The quantity of line {number} is {line.Quantity}");
                    if (line.Price < 0 || decimal.Round(line.Price, {{2 + module.Vary(index + 22, 3)}}) != line.Price)
                        Add($"The price of line {number} is {line.Price.ToString(CultureInfo.InvariantCulture)}");
                }
            """);
        var calls = string.Join("\n", Enumerable.Range(1, 2 + module.Vary(11, 4)).Select(index => $"            Check{index}(request.Lines[at], at + 1);"));
        return module.File("Rules", $"{module.Name}Validator", $$"""
            public sealed class {{module.Name}}Validator
            {
                private readonly List<string> _errors = [];

                public IReadOnlyList<string> Errors => _errors;

                public bool IsValid(Create{{module.Name}} request)
                {
                    _errors.Clear();
                    if (request.Reference.Length is < 3 or > 40)
                        Add("The reference has 3 to 40 characters");
                    if (request.Reference.Any(character => !char.IsLetterOrDigit(character) && character is not '-' and not '/'))
                        Add("The reference has letters, digits, '-' and '/' only");
                    if (request.Title.Trim().Length == 0)
                        Add("The title is missing");
                    if (request.Lines.Count == 0)
                        Add("There are no lines");
                    for (var at = 0; at < request.Lines.Count; at++)
                    {
            {{calls}}
                    }

                    return _errors.Count == 0;
                }

            {{rules}}

                private void Add(string error)
                {
                    if (!_errors.Contains(error))
                        _errors.Add(error);
                }
            }
            """);
    }

    private static GeneratedFile Reader(GeneratedModule module) => module.File("Import", $"{module.Name}Reader", $$"""
        /// <summary>Reads rows of text: reference, title, quantity, price, with quotes around a text that has the separator in it.</summary>
        public sealed class {{module.Name}}Reader(char separator = '{{(module.IsOneIn(2) ? ';' : ',')}}')
        {
            public List<string> Problems { get; } = [];

            public List<Create{{module.Name}}> Read(IEnumerable<string> rows)
            {
                var found = new Dictionary<string, Create{{module.Name}}>(StringComparer.OrdinalIgnoreCase);
                var number = 0;
                foreach (var row in rows)
                {
                    number++;
                    if (row.Length == 0 || row[0] == '#')
                        continue;
                    var cells = Split(row);
                    if (cells.Count < 4)
                    {
                        Problems.Add($"Row {number} has {cells.Count} cells");
                        continue;
                    }

                    if (!int.TryParse(cells[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out var quantity)
                        || !decimal.TryParse(cells[3], NumberStyles.Number, CultureInfo.InvariantCulture, out var price))
                    {
                        Problems.Add($"Row {number} has no number where one is expected");
                        continue;
                    }

                    if (!found.TryGetValue(cells[0], out var request))
                        found[cells[0]] = request = new Create{{module.Name}} { Reference = cells[0], Title = cells[1] };
                    request.Lines.Add(new {{module.Name}}LineDetails(cells[1], quantity, price));
                }

                return [.. found.Values.OrderBy(request => request.Reference, StringComparer.Ordinal)];
            }

            private List<string> Split(string row)
            {
                var cells = new List<string>();
                var cell = new StringBuilder();
                var isQuoted = false;
                for (var at = 0; at < row.Length; at++)
                {
                    var character = row[at];
                    if (character == '"')
                    {
                        if (isQuoted && at + 1 < row.Length && row[at + 1] == '"')
                        {
                            cell.Append('"');
                            at++;
                        }
                        else
                        {
                            isQuoted = !isQuoted;
                        }
                    }
                    else if (character == separator && !isQuoted)
                    {
                        cells.Add(cell.ToString().Trim());
                        cell.Clear();
                    }
                    else
                    {
                        cell.Append(character);
                    }
                }

                cells.Add(cell.ToString().Trim());
                return cells;
            }
        }
        """);

    private static GeneratedFile Statement(GeneratedModule module)
    {
        var sections = Repeat(2 + module.Vary(12, 4), index => $$"""
                private void Section{{index}}({{module.Name}}Details details)
                {
                    _text.Append("Section {{index}} of ").AppendLine(details.Reference);
                    var widest = details.Lines.Count == 0 ? 0 : details.Lines.Max(line => line.Description.Length);
                    foreach (var group in details.Lines.GroupBy(line => line.Price >= {{10 * (1 + module.Vary(index + 30, 20))}}m).OrderBy(group => group.Key))
                    {
                        _text.AppendLine(group.Key ? "Expensive" : "Cheap");
                        foreach (var line in group.OrderByDescending(line => line.Price * line.Quantity).ThenBy(line => line.Description, StringComparer.Ordinal))
                        {
                            _text.Append(line.Description.PadRight(widest + {{2 + module.Vary(index + 31, 6)}}));
                            _text.Append(line.Quantity.ToString(CultureInfo.InvariantCulture).PadLeft(6));
                            _text.AppendLine((line.Price * line.Quantity).ToString("N2", CultureInfo.InvariantCulture).PadLeft(14));
                        }
                    }

                    _text.Append('-', widest + 20).AppendLine();
                }
            """);
        var calls = string.Join("\n", Enumerable.Range(1, 2 + module.Vary(12, 4)).Select(index => $"        Section{index}(details);"));
        return module.File("Export", $"{module.Name}Statement", $$"""
            public sealed class {{module.Name}}Statement
            {
                private readonly StringBuilder _text = new();

                public string Write({{module.Name}}Details details)
                {
                    _text.Clear();
                    _text.Append(details.Title.ToUpperInvariant()).Append(" (").Append(details.Status).AppendLine(")");
            {{calls}}
                    _text.Append("Total ").AppendLine(details.Amount.ToString("N2", CultureInfo.InvariantCulture));
                    return _text.ToString();
                }

            {{sections}}
            }
            """);
    }

    private static GeneratedFile Window(GeneratedModule module) => module.File("Rules", $"{module.Name}Window", $$"""
        /// <summary>The days from one to another, both included.</summary>
        public readonly record struct {{module.Name}}Window(DateOnly From, DateOnly To) : IComparable<{{module.Name}}Window>
        {
            public bool IsEmpty => To < From;

            public int Days => IsEmpty ? 0 : To.DayNumber - From.DayNumber + 1;

            public static bool operator <({{module.Name}}Window left, {{module.Name}}Window right) => left.CompareTo(right) < 0;

            public static bool operator >({{module.Name}}Window left, {{module.Name}}Window right) => left.CompareTo(right) > 0;

            public static {{module.Name}}Window operator &({{module.Name}}Window left, {{module.Name}}Window right) =>
                new(left.From > right.From ? left.From : right.From, left.To < right.To ? left.To : right.To);

            public bool Contains(DateOnly day) => From <= day && day <= To;

            public bool Overlaps({{module.Name}}Window other) => !(this & other).IsEmpty;

            public int CompareTo({{module.Name}}Window other) => From != other.From ? From.CompareTo(other.From) : To.CompareTo(other.To);

            /// <summary>The fewest windows with the same days.</summary>
            public static List<{{module.Name}}Window> Merge(IEnumerable<{{module.Name}}Window> windows)
            {
                var merged = new List<{{module.Name}}Window>();
                foreach (var window in windows.Where(window => !window.IsEmpty).Order())
                {
                    if (merged.Count > 0 && window.From <= merged[^1].To.AddDays(1))
                        merged[^1] = merged[^1] with { To = window.To > merged[^1].To ? window.To : merged[^1].To };
                    else
                        merged.Add(window);
                }

                return merged;
            }

            public IEnumerable<{{module.Name}}Window> SplitBy(int days)
            {
                for (var start = From; start <= To; start = start.AddDays(days))
                {
                    var end = start.AddDays(days - 1);
                    yield return new {{module.Name}}Window(start, end < To ? end : To);
                }
            }
        }
        """);

    private static GeneratedFile Allocation(GeneratedModule module)
    {
        var strategies = Repeat(1 + module.Vary(13, 4), index => $$"""
                /// <summary>Shares an amount by weight; cents that are left over go to the largest remainders.</summary>
                public static decimal[] Share{{index}}(decimal amount, IReadOnlyList<int> weights)
                {
                    var total = 0;
                    for (var at = 0; at < weights.Count; at++)
                        total += Math.Max({{module.Vary(index + 40, 2)}}, weights[at]);
                    var shares = new decimal[weights.Count];
                    if (total == 0)
                        return shares;
                    var remainders = new (decimal Fraction, int At)[weights.Count];
                    var given = 0m;
                    for (var at = 0; at < weights.Count; at++)
                    {
                        var exact = amount * weights[at] / total;
                        shares[at] = Math.Floor(exact * 100) / 100;
                        remainders[at] = (exact - shares[at], at);
                        given += shares[at];
                    }

                    Array.Sort(remainders, (left, right) => right.Fraction.CompareTo(left.Fraction));
                    for (var next = 0; given < amount && next < remainders.Length; next++)
                    {
                        shares[remainders[next].At] += 0.01m;
                        given += 0.01m;
                    }

                    return shares;
                }
            """);
        return module.File("Rules", $"{module.Name}Allocation", $$"""
            public static class {{module.Name}}Allocation
            {
            {{strategies}}

                /// <summary>The value of the best selection that fits, by the table of all smaller ones.</summary>
                public static int Best(IReadOnlyList<(int Size, int Value)> items, int room)
                {
                    var table = new int[items.Count + 1, room + 1];
                    for (var item = 1; item <= items.Count; item++)
                    {
                        var (size, value) = items[item - 1];
                        for (var space = 0; space <= room; space++)
                        {
                            table[item, space] = table[item - 1, space];
                            if (size <= space && table[item - 1, space - size] + value > table[item, space])
                                table[item, space] = table[item - 1, space - size] + value;
                        }
                    }

                    return table[items.Count, room];
                }
            }
            """);
    }

    private static GeneratedFile Index(GeneratedModule module) => module.File("Search", $"{module.Name}Index", $$"""
        /// <summary>Finds summaries by the words of their titles, in memory.</summary>
        public sealed class {{module.Name}}Index
        {
            private readonly Dictionary<string, HashSet<int>> _words = new(StringComparer.OrdinalIgnoreCase);
            private readonly Dictionary<int, {{module.Name}}Summary> _summaries = [];

            public int Count => _summaries.Count;

            public void Add({{module.Name}}Summary summary)
            {
                Remove(summary.Id);
                _summaries[summary.Id] = summary;
                foreach (var word in WordsOf(summary.Title))
                {
                    if (!_words.TryGetValue(word, out var ids))
                        _words[word] = ids = [];
                    ids.Add(summary.Id);
                }
            }

            public bool Remove(int id)
            {
                if (!_summaries.Remove(id, out var summary))
                    return false;
                foreach (var word in WordsOf(summary.Title))
                {
                    if (_words.TryGetValue(word, out var ids) && ids.Remove(id) && ids.Count == 0)
                        _words.Remove(word);
                }

                return true;
            }

            public IReadOnlyList<{{module.Name}}Summary> Find(string text, int most = {{10 + module.Vary(14, 40)}})
            {
                HashSet<int>? hits = null;
                foreach (var word in WordsOf(text))
                {
                    if (!_words.TryGetValue(word, out var ids))
                        return [];
                    if (hits is null)
                        hits = [.. ids];
                    else
                        hits.IntersectWith(ids);
                }

                return hits is null ? [] : [.. hits.Select(id => _summaries[id]).OrderByDescending(summary => summary.Amount).ThenBy(summary => summary.Id).Take(most)];
            }

            public Dictionary<string, decimal> AmountsByStatus() =>
                _summaries.Values.GroupBy(summary => summary.Status).ToDictionary(group => group.Key, group => group.Sum(summary => summary.Amount));

            private static IEnumerable<string> WordsOf(string text)
            {
                var start = -1;
                for (var at = 0; at <= text.Length; at++)
                {
                    if (at < text.Length && char.IsLetterOrDigit(text[at]))
                    {
                        if (start < 0)
                            start = at;
                    }
                    else if (start >= 0)
                    {
                        if (at - start >= {{2 + module.Vary(15, 2)}})
                            yield return text[start..at];
                        start = -1;
                    }
                }
            }
        }
        """);

    private static GeneratedFile Schedule(GeneratedModule module) => module.File("Rules", $"{module.Name}Schedule", $$"""
        public enum {{module.Name}}Rhythm
        {
            Daily,
            Weekly,
            Monthly,
            Quarterly,
        }

        /// <summary>The days on which something happens again.</summary>
        public sealed class {{module.Name}}Schedule({{module.Name}}Rhythm rhythm, int every, IReadOnlySet<DateOnly> holidays)
        {
            public IEnumerable<DateOnly> Days(DateOnly first, int most)
            {
                var day = first;
                for (var number = 0; number < most; number++)
                {
                    yield return NextWorkingDay(day);
                    day = Next(first, number + 1);
                }
            }

            public DateOnly? NextAfter(DateOnly first, DateOnly after)
            {
                foreach (var day in Days(first, {{200 + module.Vary(16, 800)}}))
                {
                    if (day > after)
                        return day;
                }

                return null;
            }

            private DateOnly Next(DateOnly first, int number) => rhythm switch
            {
                {{module.Name}}Rhythm.Daily => first.AddDays(number * every),
                {{module.Name}}Rhythm.Weekly => first.AddDays(7 * number * every),
                {{module.Name}}Rhythm.Monthly => first.AddMonths(number * every),
                {{module.Name}}Rhythm.Quarterly => first.AddMonths(3 * number * every),
                _ => throw new InvalidOperationException($"Not a rhythm: {rhythm}"),
            };

            private DateOnly NextWorkingDay(DateOnly day)
            {
                while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(day))
                    day = day.AddDays(1);
                return day;
            }
        }
        """);
}
