using Markets.Api.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Markets.Api.Controllers;

[Route("api/limits")]
[AllowAnonymous]
public class LimitsController : ControllerBase
{
    [HttpGet]
    [ApiExplorerSettings(IgnoreApi = true)]
    public PageLimits Get() => new(DefaultSize: 20, LargestSize: 100);
}
