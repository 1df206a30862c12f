using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Markets.Api.Data;

/// <summary>SQLite stores no time zone: what comes back is marked as the UTC time that went in.</summary>
public sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
