using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Security.BP4001MissingAuthorizationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Security.BP4001MissingAuthorizationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Security;

public class BP4001FixTests
{
    private const string Host = """


        public static class Hosting
        {
            public static void Run(WebApplicationBuilder builder)
            {
                builder.Services.AddControllers();
                builder.Services.AddAuthentication();
                WebApplication app = builder.Build();
                app.MapControllers();
            }
        }
        """;

    private static Task Fixed(string source, string fixedSource) => Verify.Fixed(source + Host, fixedSource + Host);

    /// <summary>The second remedy, which Fix All leaves alone: opening an endpoint is a decision.</summary>
    private static Task Opened(string source, string fixedSource) => Verify.Fixed(source + Host, fixedSource + Host, configure: test =>
    {
        test.CodeActionIndex = 1;
        test.CodeActionEquivalenceKey = "AllowAnonymous";
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck;
    });

    [Fact]
    public Task ActionWithAttributeOnItsOwnLine_IsFixedWithUsing() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            /// <summary>Saves.</summary>
            [HttpPost] // create
            public IActionResult [|Save|]() => Ok();
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            /// <summary>Saves.</summary>
            [HttpPost] // create
            [Authorize]
            public IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task ActionWithAttributeOnTheSameLine_IsFixedThere() => Fixed(
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost] public IActionResult [|Save|]() => Ok();
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost] [Authorize] public IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task OverrideWithoutAttributes_KeepsItsComment() => Fixed(
        """
        using System.Globalization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;

        public abstract class Crud : ControllerBase { [HttpPost] public virtual IActionResult Save() => Ok(); }

        public class OrdersController : Crud
        {
            // Saves an order.
            public override IActionResult [|Save|]() => Ok();
        }
        """,
        """
        using System.Globalization;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;

        public abstract class Crud : ControllerBase { [HttpPost] public virtual IActionResult Save() => Ok(); }

        public class OrdersController : Crud
        {
            // Saves an order.
            [Authorize]
            public override IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task SeveralActionsOfOneFile_AreFixedTogether() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Web;

        [ApiController]
        public class OrdersController : ControllerBase
        {
            [HttpPost]
            public IActionResult [|Save|]() => Ok();

            [HttpPut("{id}")]
            [Produces("application/json")]
            public IActionResult [|Change|](int id) => Ok(id);

            [HttpDelete("{id}")]
            public IActionResult [|Delete|](int id) => Ok(id);
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Web;

        [ApiController]
        public class OrdersController : ControllerBase
        {
            [HttpPost]
            [Authorize]
            public IActionResult Save() => Ok();

            [HttpPut("{id}")]
            [Produces("application/json")]
            [Authorize]
            public IActionResult Change(int id) => Ok(id);

            [HttpDelete("{id}")]
            [Authorize]
            public IActionResult Delete(int id) => Ok(id);
        }
        """);

    [Fact]
    public Task InheritedAction_IsFixedAtTheController() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public abstract class Crud<T> : ControllerBase { [HttpPost] public IActionResult Add(T item) => Ok(); }

        [Route("products")]
        public class [|ProductsController|] : Crud<Product>
        {
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public abstract class Crud<T> : ControllerBase { [HttpPost] public IActionResult Add(T item) => Ok(); }

        [Route("products")]
        [Authorize]
        public class ProductsController : Crud<Product>
        {
        }
        """);

    [Fact]
    public Task NameTakenByAnotherAttribute_IsQualified() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class AuthorizeAttribute : Attribute { }

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            public IActionResult [|Save|]() => Ok();
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class AuthorizeAttribute : Attribute { }

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            [Microsoft.AspNetCore.Authorization.Authorize]
            public IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task UsingThatWouldMakeANameAmbiguous_IsNotAdded() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;
        using Policies;

        namespace Policies { public class AuthorizationPolicy { } }

        namespace Web
        {
            public class OrdersController : ControllerBase
            {
                public AuthorizationPolicy? Rules;

                [HttpPost]
                public IActionResult [|Save|]() => Ok();
            }
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Policies;

        namespace Policies { public class AuthorizationPolicy { } }

        namespace Web
        {
            public class OrdersController : ControllerBase
            {
                public AuthorizationPolicy? Rules;

                [HttpPost]
                [Microsoft.AspNetCore.Authorization.Authorize]
                public IActionResult Save() => Ok();
            }
        }
        """);

    [Fact]
    public Task UsingsInsideTheNamespace_AreExtendedThere() => Fixed(
        """
        namespace Shop.Web
        {
            using Microsoft.AspNetCore.Mvc;

            public class OrdersController : ControllerBase
            {
                [HttpPost]
                public IActionResult [|Save|]() => Ok();
            }
        }
        """,
        """
        namespace Shop.Web
        {
            using Microsoft.AspNetCore.Authorization;
            using Microsoft.AspNetCore.Mvc;

            public class OrdersController : ControllerBase
            {
                [HttpPost]
                [Authorize]
                public IActionResult Save() => Ok();
            }
        }
        """);

    [Fact]
    public Task MappedLambda_IsFixed() => Fixed(
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.[|MapPost|]("/orders", (Order order) =>
                {
                    return order.Id;
                }); // orders
            }
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/orders", (Order order) =>
                {
                    return order.Id;
                }).RequireAuthorization(); // orders
            }
        }
        """);

    [Fact]
    public Task ChainOverSeveralLines_GetsALineMore() => Fixed(
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.[|MapPost|]("/orders", () => 1)
                    .WithName("orders")
                    .WithTags("x"); // last

                app
                    .[|MapPut|]("/orders", () => 1);
            }
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/orders", () => 1)
                    .WithName("orders")
                    .WithTags("x")
                    .RequireAuthorization(); // last

                app
                    .MapPut("/orders", () => 1)
                    .RequireAuthorization();
            }
        }
        """);

    [Fact]
    public Task ResultStoredInLocal_IsFixed() => Fixed(
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                var orders = app.MapGroup("/orders");
                RouteHandlerBuilder saved = orders.[|MapPost|]("/", () => 1);
                saved.WithName("orders");
            }
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                var orders = app.MapGroup("/orders");
                RouteHandlerBuilder saved = orders.MapPost("/", () => 1).RequireAuthorization();
                saved.WithName("orders");
            }
        }
        """);

    [Fact]
    public Task ActionsAndMappings_AreFixedTogether() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            public IActionResult [|Save|]() => Ok();

            [NonAction]
            public void Map(WebApplication app) => app.[|MapPost|]("/orders", () => 1);
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            [Authorize]
            public IActionResult Save() => Ok();

            [NonAction]
            public void Map(WebApplication app) => app.MapPost("/orders", () => 1).RequireAuthorization();
        }
        """);

    [Fact]
    public Task Action_CanBeOpened() => Opened(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            [Obsolete]
            public IActionResult [|Save|]() => Ok();
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            [HttpPost]
            [Obsolete]
            [AllowAnonymous]
            public IActionResult Save() => Ok();
        }
        """);

    [Fact]
    public Task Mapping_CanBeOpened() => Opened(
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.[|MapPost|]("/feedback", () => 1);
                app.MapPost("/orders", () => 1).RequireAuthorization();
            }
        }
        """,
        """
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/feedback", () => 1).AllowAnonymous();
                app.MapPost("/orders", () => 1).RequireAuthorization();
            }
        }
        """);

    [Fact]
    public async Task OpeningEndpoints_IsNotDoneByFixAll()
    {
        const string source = """
            using Microsoft.AspNetCore.Mvc;

            public class OrdersController : ControllerBase
            {
                [HttpPost]
                public IActionResult [|Save|]() => Ok();
            }
            """ + Host;
        var opened = "using Microsoft.AspNetCore.Authorization;\n"
            + source.Replace("[HttpPost]", "[HttpPost]\n    [AllowAnonymous]").Replace("[|Save|]", "Save");
        await Verify.Fixed(source, opened, configure: test =>
        {
            test.CodeActionIndex = 1;
            test.CodeActionEquivalenceKey = "AllowAnonymous";
            foreach (var (file, content) in test.TestState.Sources)
                test.BatchFixedState.Sources.Add((file, content));
            test.BatchFixedState.MarkupHandling = MarkupMode.Allow;
            test.NumberOfFixAllIterations = -1;
        });
    }

    [Fact]
    public Task ControllerWithOpenInheritedActions_IsFixedForItsOwnActionsToo() => Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public abstract class Crud<T> : ControllerBase
        {
            [HttpPost] public IActionResult Add(T item) => Ok();

            [HttpPut] public IActionResult Replace(T item) => Ok();
        }

        public class [|ProductsController|] : Crud<Product>
        {
            [HttpDelete]
            public IActionResult [|Clear|]() => Ok();
        }
        """,
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        public abstract class Crud<T> : ControllerBase
        {
            [HttpPost] public IActionResult Add(T item) => Ok();

            [HttpPut] public IActionResult Replace(T item) => Ok();
        }

        [Authorize]
        public class ProductsController : Crud<Product>
        {
            [HttpDelete]
            public IActionResult Clear() => Ok();
        }
        """);

    [Fact]
    public Task FileWithHeaderAndNoUsings_KeepsItOnTop() => Fixed(
        """
        // All rights reserved.

        // Orders.
        public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            public string [|Save|]() => "";
        }
        """,
        """
        // All rights reserved.

        using Microsoft.AspNetCore.Authorization;

        // Orders.
        public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            [Authorize]
            public string Save() => "";
        }
        """);
}
