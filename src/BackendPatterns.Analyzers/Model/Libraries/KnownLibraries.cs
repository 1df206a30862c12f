using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Libraries;

/// <summary>The libraries that rules speak about, found by metadata name. A library that the compilation does not reference is null.</summary>
public sealed class KnownLibraries(Compilation compilation)
{
    private readonly Lazy<EntityFrameworkCore?> _entityFrameworkCore = BackendModel.Once(() => Libraries.EntityFrameworkCore.In(compilation));
    private readonly Lazy<AspNetCore?> _aspNetCore = BackendModel.Once(() => Libraries.AspNetCore.In(compilation));
    private readonly Lazy<Linq> _linq = BackendModel.Once(() => new Linq(compilation));
    private readonly Lazy<AdoNet?> _adoNet = BackendModel.Once(() => Libraries.AdoNet.In(compilation));

    /// <summary>EF Core, or null.</summary>
    public EntityFrameworkCore? EntityFrameworkCore => _entityFrameworkCore.Value;

    /// <summary>ASP.NET Core (MVC, routing, authorization), or null.</summary>
    public AspNetCore? AspNetCore => _aspNetCore.Value;

    /// <summary>The query operators of the base library.</summary>
    public Linq Linq => _linq.Value;

    /// <summary>ADO.NET, or null.</summary>
    public AdoNet? AdoNet => _adoNet.Value;
}
