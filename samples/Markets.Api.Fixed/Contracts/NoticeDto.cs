namespace Markets.Api.Contracts;

public sealed record NoticeDto(int Id, string Text);
