using BackendPatterns.Analyzers.Rules.Configuration;

namespace BackendPatterns.Analyzers.Tests.Rules.Configuration;

/// <summary>What <see cref="BP0001InvalidOptionAnalyzer"/> says of settings, once each and at the right place.</summary>
public class BP0001InvalidOptionTests
{
    [Theory]
    [InlineData("layering = strickt", "'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead")]
    [InlineData("layering =", "'' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead")]
    [InlineData("layering = 0", "'0' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead")]
    [InlineData(
        "anonymous_endpoints = login register",
        "'login register' is not a value of 'backend_patterns.anonymous_endpoints': the name 'login register' holds a blank, and commas separate names; the built-in list is used instead")]
    [InlineData(
        "authorization_attributes = Internal, Public API",
        "'Internal, Public API' is not a value of 'backend_patterns.authorization_attributes': the name 'Public API' holds a blank, and commas separate names; it counts as not set")]
    [InlineData("data_access_types = *Dao*", "'*Dao*' is not a value of 'backend_patterns.data_access_types': '*Dao*' has more than one '*'; it counts as not set")]
    [InlineData("data_access_types = Shop.Dao", "'Shop.Dao' is not a value of 'backend_patterns.data_access_types': 'Shop.Dao' has a dot, and types are listed without their namespaces; it counts as not set")]
    [InlineData("layers = Web > > Domain", "'Web > > Domain' is not a value of 'backend_patterns.layers': a layer name is missing before '>' at character 7" + Chains)]
    [InlineData(
        "layers = Web > Domain > Web",
        "'Web > Domain > Web' is not a value of 'backend_patterns.layers': 'Domain > Web' at character 16 closes a circle: 'Web' is below 'Domain' and above it" + Chains)]
    [InlineData(
        "layers = Web; Domain > Data",
        "'Web' is not a value of 'backend_patterns.layers': it names one layer only, 'Web', so that no reference can be wrong (in an .editorconfig everything after ';' or '#' is a comment)" + Chains)]
    public async Task ValueThatIsNotAccepted_IsReported(string line, string message) =>
        Assert.Equal(["A.cs: " + message], await new SettingsRun().EditorConfig("backend_patterns." + line).Build());

    private const string Chains = "; chains are written as 'Web > Application > Domain' and separated by commas; it counts as not set";

    [Theory]
    [InlineData("layering = convention")]
    [InlineData("layering = OFF")]
    [InlineData("LAYERING = off")]
    [InlineData("layering = unset")]
    [InlineData("anonymous_endpoints = login, price-feed")]
    [InlineData("anonymous_endpoints =")]
    [InlineData("anonymous_endpoints = a | b")]
    [InlineData("data_access_types = *Gateway, I*Source, PriceList")]
    [InlineData("BP1014.lookup_tables = Country")]
    [InlineData("bp1014.lookup_tables = Country")]
    [InlineData("layers = Web > Application > Domain, Infrastructure > Application")]
    [InlineData("layers =")]
    [InlineData("layers = unset")]
    public async Task ValueThatIsAccepted_IsSilent(string line) => Assert.Empty(await new SettingsRun().EditorConfig("backend_patterns." + line).Build());

    [Theory]
    [InlineData("backend_patterns.layring = off", "backend_patterns.layring", "backend_patterns.layering")]
    [InlineData("backend_patterns.layer = A > B", "backend_patterns.layer", "backend_patterns.layers")]
    [InlineData("backend_patterns.lookup_tables = A", "backend_patterns.lookup_tables", "backend_patterns.BP1014.lookup_tables")]
    // The compiler gives keys in lower case.
    [InlineData("backend_patterns.BP1015.lookup_tables = A", "backend_patterns.bp1015.lookup_tables", "backend_patterns.BP1014.lookup_tables")]
    [InlineData("backend_patterns.allowed_dependency = A", "backend_patterns.allowed_dependency", "backend_patterns.allowed_dependencies")]
    [InlineData("backend_patterns.layers.web = A", "backend_patterns.layers.web", null)]
    [InlineData("backend_patterns.colour = blue", "backend_patterns.colour", null)]
    [InlineData("backend_patterns.backendpatternsfacts = false", "backend_patterns.backendpatternsfacts", null)]
    [InlineData("backend_pattern.layering = off", "backend_pattern.layering", "backend_patterns.layering")]
    [InlineData("backend-patterns.layering = off", "backend-patterns.layering", "backend_patterns.layering")]
    [InlineData("backendpatterns.layering = off", "backendpatterns.layering", "backend_patterns.layering")]
    public async Task UnknownKey_IsReportedWithTheNearestOne(string line, string key, string? nearest) => Assert.Equal(
        [$"A.cs: There is no option '{key}', so that it does nothing; {(nearest is null ? "remove it or look its name up in the documentation of the options" : $"'{nearest}' is probably meant")}"],
        await new SettingsRun().EditorConfig(line).Build());

    [Theory]
    [InlineData("dotnet_sort_system_directives_first = perhaps")]
    [InlineData("other_patterns.layering = nonsense")]
    [InlineData("backend.layering = nonsense")]
    [InlineData("backend_services.layering = nonsense")]
    [InlineData("backend_patterns = nonsense")]
    [InlineData("dotnet_diagnostic.BP9999.severity = loud")]
    public async Task KeyOfSomeoneElse_IsSilent(string line) => Assert.Empty(await new SettingsRun().EditorConfig(line).Build());

    [Fact]
    public async Task OneSettingForManyFiles_IsReportedOnce_AtTheFirstPath()
    {
        var run = new SettingsRun("C.cs", "B.cs", "D/A.cs").EditorConfig("backend_patterns.layering = strickt");
        const string Message = "B.cs: 'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead";
        Assert.Equal([Message], await run.Build());
        Assert.Equal([Message], await run.Build(reversed: true));
        Assert.Equal([Message], await run.Edit());
    }

    [Fact]
    public async Task OtherValueOfAFolder_IsReportedThere() => Assert.Equal(
        [
            "A.cs: 'x' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead",
            "Sub/B.cs: 'y' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead",
        ],
        await new SettingsRun("A.cs", "Sub/C.cs", "Sub/B.cs", "Z.cs").EditorConfig("backend_patterns.layering = x").EditorConfig("backend_patterns.layering = y", "Sub/").Build());

    [Fact]
    public async Task SettingOfTheProject_IsReportedOnceWithoutAPlace() => Assert.Equal(
        [
            "'maybe' is not a value of 'BackendPatternsFacts': it accepts true or false; 'true' is used instead",
            "'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead",
            "'yes' is not a value of 'backend_patterns.analyze_test_projects': it accepts true or false; 'false' is used instead",
            "There is no option 'backend_patterns.layring', so that it does nothing; 'backend_patterns.layering' is probably meant",
        ],
        await new SettingsRun("A.cs", "B.cs", "C.cs").GlobalConfig(
            "backend_patterns.layering = strickt\nbackend_patterns.layring = off\nbackend_patterns.analyze_test_projects = yes\nbuild_property.BackendPatternsFacts = maybe").Build());

    [Fact]
    public async Task SameFaultInProjectAndFile_IsReportedOnce() => Assert.Equal(
        ["'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead"],
        await new SettingsRun().GlobalConfig("backend_patterns.layering = strickt").EditorConfig("backend_patterns.layering = strickt").Build());

    [Fact]
    public async Task WrongValueOfAFile_LeavesThatOfTheProject() => Assert.Equal(
        ["A.cs: 'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'off', the value of the project, is used instead"],
        await new SettingsRun().GlobalConfig("backend_patterns.layering = off").EditorConfig("backend_patterns.layering = strickt").Build());

    [Fact]
    public async Task WrongLayersOfAFile_AreLeftAside() => Assert.Equal(
        ["A.cs: 'Web >' is not a value of 'backend_patterns.layers': a layer name is missing after the last '>' before character 6" + Chains],
        await new SettingsRun().GlobalConfig("backend_patterns.layers = A > B").EditorConfig("backend_patterns.layers = Web >").Build());

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("FALSE")]
    public async Task PropertyThatIsAccepted_IsSilent(string value) => Assert.Empty(await new SettingsRun().GlobalConfig("build_property.BackendPatternsFacts = " + value).Build());

    [Fact]
    public async Task OptionOfWholeProjects_DoesNothingInAnEditorConfig() => Assert.Equal(
        ["A.cs: 'backend_patterns.analyze_test_projects' is read for whole projects, so that it does nothing for single files; move it to a global config with 'is_global = true'"],
        await new SettingsRun("A.cs", "B.cs").EditorConfig("backend_patterns.analyze_test_projects = true").Build());

    [Fact]
    public async Task TestProject_IsToldOnlyOfWhatItReads()
    {
        var run = new SettingsRun().Reference(typeof(FactAttribute))
            .GlobalConfig("backend_patterns.layering = strickt\nbackend_patterns.analyze_test_projects = yes\nbackend_patterns.layring = off").EditorConfig("backend_patterns.layers = A");
        Assert.Equal(["'yes' is not a value of 'backend_patterns.analyze_test_projects': it accepts true or false; 'false' is used instead"], await run.Build());
    }

    [Fact]
    public async Task GeneratedFilesAndMigrations_DoNotStandForASetting() => Assert.Equal(
        ["Shop.cs: 'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead"],
        await new SettingsRun("A.g.cs", "Migrations/A.cs", "Shop.cs").Source("Made.cs", "// <auto-generated/>\nclass Made { }").EditorConfig("backend_patterns.layering = strickt").Build());

    [Fact]
    public async Task HostThatDoesNotListItsKeys_StillChecksValues() => Assert.Equal(
        ["A.cs: 'strickt' is not a value of 'backend_patterns.layering': it accepts strict, convention or off; 'strict' is used instead"],
        await new SettingsRun().EditorConfig("backend_patterns.layering = strickt\nbackend_patterns.layring = off").WithoutKeys().Build());

    [Fact]
    public async Task NoSetting_IsSilent()
    {
        Assert.Empty(await new SettingsRun("A.cs", "B.cs").Build());
        Assert.Empty(await new SettingsRun("A.cs", "B.cs").Edit());
    }
}
