namespace BackendPatterns.Benchmarks.Generated;

/// <summary>One business module of the generated application: everything about it follows from its number, so that every run measures the same text.</summary>
public sealed class GeneratedModule(int number)
{
    /// <summary>The modules that share a database context and a namespace, as a bounded context does.</summary>
    public const int ModulesPerArea = 24;

    private static readonly string[] Firsts =
    [
        "Account", "Annual", "Billing", "Booking", "Branch", "Carrier", "Claim", "Client", "Company", "Contract", "Customer", "Daily", "Delivery", "Depot", "Device", "Employee",
        "Event", "Export", "Fleet", "Freight", "Group", "Import", "Internal", "Invoice", "Market", "Member", "Monthly", "Network", "Office", "Partner", "Payment", "Policy",
        "Product", "Project", "Region", "Retail", "Service", "Supplier", "Vendor", "Warehouse",
    ];

    private static readonly string[] Seconds =
    [
        "Address", "Adjustment", "Agreement", "Allowance", "Appointment", "Approval", "Assessment", "Audit", "Balance", "Batch", "Budget", "Campaign", "Catalog", "Certificate",
        "Charge", "Commission", "Complaint", "Credit", "Discount", "Dispute", "Document", "Forecast", "Incident", "Inspection", "Listing", "Message", "Notice", "Offer", "Order",
        "Permit", "Plan", "Quote", "Rebate", "Receipt", "Refund", "Rental", "Request", "Shipment", "Ticket", "Voucher",
    ];

    /// <summary>The highest number of modules whose names differ.</summary>
    public static int Most => Firsts.Length * Seconds.Length;

    public int Number { get; } = number;

    /// <summary>The entity's name: different for each of <see cref="Most"/> modules.</summary>
    public string Name { get; } = Firsts[number % Firsts.Length] + Seconds[((number / Firsts.Length) + number) % Seconds.Length];

    /// <summary>The name with a small first letter, as a parameter or a route has it.</summary>
    public string Variable => char.ToLowerInvariant(Name[0]) + Name[1..];

    public string Area { get; } = "Area" + ((number / ModulesPerArea) + 1).ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    public string Context => Area + "DbContext";

    /// <summary>True for one module in <paramref name="count"/>, the one with this remainder.</summary>
    public bool IsOneIn(int count, int remainder = 0) => Number % count == remainder;

    /// <summary>A small number that differs between the modules and between the places that ask: how many, how large.</summary>
    public int Vary(int place, int below) => (int)(((((uint)Number + 1) * 2_654_435_761u) ^ (((uint)place + 1) * 2_246_822_519u)) >> 7) % below;

    public GeneratedFile File(string folder, string name, string text) =>
        new($"{Area}/{folder}/{name}.cs", $"namespace Generated.{Area};\n\n{text.ReplaceLineEndings("\n").Trim('\n')}\n");
}
