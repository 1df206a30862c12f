using Shop.Application;
using Shop.Infrastructure;
using Shop.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddInfrastructure();
builder.Services.AddScoped<IOrderService, OrderService>();
builder.Services.AddScoped<OrderService>();
builder.Services.AddScoped<Statements>();
builder.Services.AddAuthentication();
builder.Services.AddAuthorization();
builder.Services.AddControllers();
var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapControllers();
app.Run();
