namespace BackendPatterns.Behaviour.Tests.Caching;

/// <summary>
/// A Redis database in memory, as source: it is compiled together with the scenario. Every command it is asked for sends one SQL command, so that the harness
/// counts round trips; commands for no keys at all send none, as those of the library.
/// </summary>
public static class RedisFake
{
    public const string Source = """

        public class RedisFake : System.Reflection.DispatchProxy
        {
            private readonly Dictionary<string, string?> _strings = new();
            private readonly Dictionary<string, SortedDictionary<string, string>> _hashes = new();
            private readonly Dictionary<string, List<string>> _lists = new();
            private ShopContext _db = null!;

            public static (StackExchange.Redis.IDatabase Redis, RedisFake State) For(ShopContext db)
            {
                var redis = Create<StackExchange.Redis.IDatabase, RedisFake>();
                var state = (RedisFake)(object)redis;
                state._db = db;
                for (var id = 1; id <= 5; id += 2)
                    state._strings[$"price:{id}"] = $"{id * 100}";
                state._hashes["prices"] = new() { ["2"] = "20", ["3"] = "30", ["6"] = "60" };
                return (redis, state);
            }

            public object Answer(object? result) => new
            {
                result,
                Strings = _strings.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList(),
                Hashes = _hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList(),
                Lists = _lists.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList(),
            };

            protected override object? Invoke(System.Reflection.MethodInfo? method, object?[]? arguments)
            {
                var name = method!.Name;
                var isAsync = name.EndsWith("Async", StringComparison.Ordinal);
                var values = arguments!.Where(argument => argument is not null and not StackExchange.Redis.CommandFlags and not StackExchange.Redis.When and not bool).ToArray();
                var result = Run(isAsync ? name[..^5] : name, values!);
                if (!isAsync)
                    return method.ReturnType == typeof(void) ? null : result;
                var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;
                return type is null ? Task.CompletedTask : typeof(Task).GetMethod("FromResult")!.MakeGenericMethod(type).Invoke(null, [result]);
            }

            private object? Run(string name, object[] arguments) => (name, arguments) switch
            {
                ("StringGet", [StackExchange.Redis.RedisKey key]) => Sent(Get(key)),
                ("StringGet", [StackExchange.Redis.RedisKey[] keys]) => Sent(keys.Select(Get).ToArray(), keys.Length),
                ("HashGet", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue field]) => Sent(Field(key, field)),
                ("HashGet", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue[] fields]) => Sent(fields.Select(field => Field(key, field)).ToArray(), fields.Length),
                ("KeyDelete", [StackExchange.Redis.RedisKey key]) => Sent(_strings.Remove((string)key!)),
                ("KeyDelete", [StackExchange.Redis.RedisKey[] keys]) => Sent((long)keys.Count(key => _strings.Remove((string)key!)), keys.Length),
                ("StringSet", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue value, ..]) => Sent(Set(key, value)),
                ("StringSet", [KeyValuePair<StackExchange.Redis.RedisKey, StackExchange.Redis.RedisValue>[] pairs, ..]) => Sent(pairs.All(pair => Set(pair.Key, pair.Value)), pairs.Length),
                ("HashSet", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue field, StackExchange.Redis.RedisValue value]) => Sent(SetField(key, field, value)),
                ("HashSet", [StackExchange.Redis.RedisKey key, StackExchange.Redis.HashEntry[] entries]) => Sent(entries.Count(entry => SetField(key, entry.Name, entry.Value)), entries.Length),
                ("HashDelete", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue field]) => Sent(_hashes[(string)key!].Remove((string)field!)),
                ("HashDelete", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue[] fields]) => Sent((long)fields.Count(field => _hashes[(string)key!].Remove((string)field!)), fields.Length),
                ("ListRightPush", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue value]) => Sent(Push(key, value)),
                ("ListRightPush", [StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue[] values]) => Sent(values.Aggregate(0L, (_, value) => Push(key, value)), values.Length),
                _ => throw new NotSupportedException(name + " of " + string.Join(", ", arguments.Select(argument => argument.GetType().Name))),
            };

            private T Sent<T>(T answer, int keys = 1)
            {
                if (keys > 0)
                    _db.Database.ExecuteSqlRaw("select 1");
                return answer;
            }

            private StackExchange.Redis.RedisValue Get(StackExchange.Redis.RedisKey key) => _strings.GetValueOrDefault((string)key!);

            private StackExchange.Redis.RedisValue Field(StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue field) =>
                _hashes.TryGetValue((string)key!, out var hash) && hash.TryGetValue((string)field!, out var value) ? value : StackExchange.Redis.RedisValue.Null;

            private bool Set(StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue value)
            {
                _strings[(string)key!] = (string)value!;
                return true;
            }

            private bool SetField(StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue field, StackExchange.Redis.RedisValue value)
            {
                if (!_hashes.TryGetValue((string)key!, out var hash))
                    _hashes.Add((string)key!, hash = new());
                var isNew = !hash.ContainsKey((string)field!);
                hash[(string)field!] = (string)value!;
                return isNew;
            }

            private long Push(StackExchange.Redis.RedisKey key, StackExchange.Redis.RedisValue value)
            {
                if (!_lists.TryGetValue((string)key!, out var list))
                    _lists.Add((string)key!, list = []);
                list.Add((string)value!);
                return list.Count;
            }
        }
        """;
}
