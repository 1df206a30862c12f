using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3005MissingApiControllerAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.ApiDesign.BP3005MissingApiControllerFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3005MissingApiControllerTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Mvc;

        """;

    private const string Three = """

        [ApiController, Route("a")]
        public class AController : ControllerBase { [HttpGet] public int Get() => 1; }

        [ApiController, Route("b")]
        public class BController : ControllerBase { [HttpGet] public int Get() => 1; }

        [ApiController, Route("c")]
        public class CController : ControllerBase { [HttpGet] public int Get() => 1; }
        """;

    private static string With(string controller, string rest = Three) => Usings + controller + "\n" + rest;

    [Theory]
    [InlineData("[Route(\"d\")] public class [|DController|] : ControllerBase { [HttpGet] public int Get() => 1; }")]
    [InlineData("[Route(\"d\")] public class [|DController|] : Controller { [HttpGet] public IActionResult Get() => Json(1); }")]
    [InlineData("public class [|DController|] : ControllerBase { [HttpGet(\"d\")] public int Get() => 1; }")]
    [InlineData("public abstract class Base : ControllerBase { [HttpGet(\"d\")] public int Get() => 1; } public class [|DController|] : Base { }")]
    public Task UnmarkedAmongMarked_IsReported(string controller) => Verify.Reported(With(controller));

    [Fact]
    public Task SevenOfTen_AreUsual() => Verify.Reported(With("""
        [Route("d")] public class [|DController|] : ControllerBase { [HttpGet] public int Get() => 1; }
        [Route("e")] public class [|EController|] : ControllerBase { [HttpGet] public int Get() => 1; }
        """, Three + "[ApiController, Route(\"f\")] public class FController : ControllerBase { [HttpGet] public int Get() => 1; }"));

    [Theory]
    [InlineData("[ApiController, Route(\"d\")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    [InlineData("[ApiController] public abstract class Base : ControllerBase { } [Route(\"d\")] public class DController : Base { [HttpGet] public int Get() => 1; }")]
    [InlineData("public class OwnAttribute : ApiControllerAttribute { } [Own, Route(\"d\")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    [InlineData("[assembly: ApiController] [Route(\"d\")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    public Task Marked_IsSilent(string controller) => Verify.Silent(With(controller));

    [Theory]
    [InlineData("[Route(\"d\")] public class DController : Controller { [HttpGet] public IActionResult Get() => View(); }")]
    [InlineData("[Route(\"d\")] public class DController : Controller { [HttpGet] public IActionResult Get() => PartialView(\"x\"); }")]
    [InlineData("[Route(\"d\")] public class DController : ControllerBase { [HttpGet] public IActionResult Get() => Redirect(\"/swagger\"); }")]
    [InlineData("[Route(\"d\")] public class DController : ControllerBase { [HttpGet] public IActionResult Get() => PhysicalFile(\"/index.html\", \"text/html\"); }")]
    [InlineData("public abstract class Base : Controller { protected IActionResult Show() => View(); } [Route(\"d\")] public class DController : Base { [HttpGet] public IActionResult Get() => Show(); }")]
    [InlineData("[Route(\"d\"), ApiExplorerSettings(IgnoreApi = true)] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    [InlineData("public class ODataController : ControllerBase { } public class DController : ODataController { [HttpGet] public int Get() => 1; }")]
    [InlineData("public class EnableQueryAttribute : System.Attribute { } [Route(\"d\")] public class DController : ControllerBase { [HttpGet, EnableQuery] public int Get() => 1; }")]
    [InlineData("[Route(\"d\")] public class DController : ControllerBase { }")]
    [InlineData("[Route(\"d\")] public class DController { [HttpGet] public int Get() => 1; }")]
    [InlineData("[NonController, Route(\"d\")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }")]
    public Task ControllerOfAnotherKind_IsSilent(string controller) => Verify.Silent(With(controller));

    [Fact]
    public Task TooFewOthers_AreSilent() => Verify.Silent(With("[Route(\"d\")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }", """
        [ApiController, Route("a")] public class AController : ControllerBase { [HttpGet] public int Get() => 1; }
        [ApiController, Route("b")] public class BController : ControllerBase { [HttpGet] public int Get() => 1; }
        """));

    [Fact]
    public Task SixOfTen_AreNotUsual() => Verify.Silent(With("""
        [Route("d")] public class DController : ControllerBase { [HttpGet] public int Get() => 1; }
        [Route("e")] public class EController : ControllerBase { [HttpGet] public int Get() => 1; }
        [Route("f")] public class FController : ControllerBase { [HttpGet] public int Get() => 1; }
        """));

    [Fact]
    public Task Attribute_IsAdded() => Verify.Fixed(
        With("""
            /// <summary>The fourth.</summary>
            [Route("d")]
            public class [|DController|] : ControllerBase
            {
                [HttpGet("{id}")]
                public int Get(int id, CancellationToken cancellation) => id;

                [HttpPost]
                public void Save([FromBody] Order order) { }
            }

            public class [|EController|] : ControllerBase
            {
                [HttpGet("e")]
                public int Get() => 1;
            }
            """, Three + Three.Replace("AC", "XAC", StringComparison.Ordinal).Replace("BC", "XBC", StringComparison.Ordinal).Replace("CC", "XCC", StringComparison.Ordinal)),
        With("""
            /// <summary>The fourth.</summary>
            [Route("d")]
            [ApiController]
            public class DController : ControllerBase
            {
                [HttpGet("{id}")]
                public int Get(int id, CancellationToken cancellation) => id;

                [HttpPost]
                public void Save([FromBody] Order order) { }
            }

            [ApiController]
            public class EController : ControllerBase
            {
                [HttpGet("e")]
                public int Get() => 1;
            }
            """, Three + Three.Replace("AC", "XAC", StringComparison.Ordinal).Replace("BC", "XBC", StringComparison.Ordinal).Replace("CC", "XCC", StringComparison.Ordinal)));

    [Theory]
    [InlineData("public class [|DController|] : ControllerBase { [HttpGet(\"d\")] public int Get() => 1; [HttpPost] public int Save() => 1; }")]
    [InlineData("public class [|DController|] : ControllerBase { public int Get() => 1; }")]
    [InlineData("[Route(\"d\")] public class [|DController|] : ControllerBase { [HttpPost] public void Save(Order order) { } }")]
    public Task ConventionalRouteOrOtherBinding_IsNotFixed(string controller) => Verify.NotFixed(With(controller));
}
