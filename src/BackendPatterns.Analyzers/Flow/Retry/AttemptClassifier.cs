using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>Which operations can fail for reasons outside the process, so that trying them again makes sense.</summary>
internal sealed class AttemptClassifier(BackendModel model, LocalValues values, SelfCall? self = null)
{
    /// <summary>Reading the next item of a stream, a queue, a connection, or waiting for a lock: asking again is the purpose, not a retry.</summary>
    private static readonly string[] ConsumerNames =
    [
        "Receive", "Consume", "Dequeue", "Accept", "Poll", "Listen", "Subscribe", "ReadAsync", "ReadLine", "ReadNext", "ReadMessage", "MoveNext", "WaitToRead",
        "GetNext", "Next", "Peek", "Take", "GetContext", "Watch", "Acquire", "Lock", "Enter",
    ];

    /// <summary>Opening a connection that is meant to stay: it is restored for as long as the process lives.</summary>
    private static readonly string[] ConnectionNames = ["Connect", "Reconnect", "CreateConnection", "EnsureConnected", "Disconnect"];

    private static readonly HashSet<string> InputOutputTypes = new(StringComparer.Ordinal)
    {
        "File", "Directory", "FileInfo", "DirectoryInfo", "FileStream", "StreamReader", "StreamWriter", "DriveInfo", "FileSystemInfo", "NamedPipeClientStream",
        "RandomAccess", "ZipFile",
    };

    /// <summary>Returns the attempt that an operation is, or null where it cannot fail for outside reasons or is no call.</summary>
    public Attempt? Classify(IOperation operation) => operation switch
    {
        IInvocationOperation call => ClassifyCall(call),
        IAwaitOperation { Operation: var awaited } => ClassifyAwaited(awaited),
        IObjectCreationOperation { Constructor.ContainingType: { } type } creation when OpensSomething(creation, type) => new Attempt(creation, AttemptKind.InputOutput, "new " + type.Name),
        _ => null,
    };

    /// <summary>Returns the attempt that a call is, itself or with the <c>await</c> around it; null where it is none.</summary>
    public Attempt? ClassifyWithAwait(IInvocationOperation call) => Classify(call) ?? (call.WalkUpValue() is IAwaitOperation awaited ? Classify(awaited) : null);

    /// <summary>True for a call of a logging library.</summary>
    public static bool IsLogging(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type is not null && (StartsWithNamespace(type, "Microsoft.Extensions.Logging") || StartsWithNamespace(type, "Serilog") || StartsWithNamespace(type, "NLog")
            || StartsWithNamespace(type, "log4net") || type.Name.EndsWith("Logger", StringComparison.Ordinal) || type.Name is "Console" or "Debug" or "Trace");
    }

    private Attempt? ClassifyCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (self?.Calls(method) == true)
            return null;
        if (call.Parent is IAwaitOperation || (method.ReturnType.IsTask() && !IsWaitedFor(call)))
            return IsRoundTrip(call) is { } direct && IsWaitedFor(call) ? direct : null;
        if (IsRoundTrip(call) is { } roundTrip)
            return roundTrip;
        if (method.ReturnType.IsTask())
            return ClassifyUnknown(call, AttemptKind.Awaited);
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return new Attempt(call, AttemptKind.Delegate, NameOf(call));
        return method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction
            ? ClassifySynchronous(call)
            : null;
    }

    private Attempt? IsRoundTrip(IInvocationOperation call) =>
        model.DataAccess.Classify(call) is { } roundTrip ? new Attempt(call, AttemptKind.RoundTrip, roundTrip.Name) : null;

    private Attempt? ClassifyAwaited(IOperation awaited)
    {
        awaited = awaited.UnwrapAwait();
        if (awaited is ILocalReferenceOperation { Local: var local } && values.OnlyValueOf(local) is { } value)
            awaited = value.UnwrapAwait();
        return awaited is not IInvocationOperation call || self?.Calls(call.TargetMethod) == true ? null : IsRoundTrip(call) ?? ClassifyUnknown(call, AttemptKind.Awaited);
    }

    private Attempt? ClassifySynchronous(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        if (IsOpenOfConnection(call.TargetMethod))
            return new Attempt(call, AttemptKind.RoundTrip, NameOf(call));
        if (!StartsWithNamespace(type, "System"))
            return ClassifyUnknown(call, AttemptKind.Opaque);
        if (IsInputOutput(type) && !NameWords.StartsWithAny(call.TargetMethod.Name, ConsumerNames) && !NameWords.StartsWithAny(call.TargetMethod.Name, ConnectionNames) && call.TargetMethod.Name is not "Exists")
            return new Attempt(call, AttemptKind.InputOutput, NameOf(call));
        return null;
    }

    private static Attempt? ClassifyUnknown(IInvocationOperation call, AttemptKind kind)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return new Attempt(call, AttemptKind.Delegate, NameOf(call));
        var type = method.ContainingType;
        if (IsLogging(method) || NameWords.StartsWithAny(method.Name, ConsumerNames) || NameWords.StartsWithAny(method.Name, ConnectionNames) || IsLongLivedStart(method))
            return null;
        if (IsOpenOfConnection(method))
            return new Attempt(call, AttemptKind.RoundTrip, NameOf(call));
        // Delays, semaphores, channels, dataflow: in memory. Task.Run and WhenAll stand for what they run.
        if (type.ContainingNamespace is { } space && (space.Is("System.Threading") || space.Is("System.Threading.Tasks") || StartsWithNamespace(type, "System.Threading")))
            return type.Name is "Task" && method.Name is "Run" or "WhenAll" ? new Attempt(call, kind, NameOf(call)) : null;
        if (kind is AttemptKind.Opaque && (StartsWithNamespace(type, "Microsoft.Extensions") || StartsWithNamespace(type, "AutoMapper") || StartsWithNamespace(type, "Newtonsoft")))
            return null;
        return RetryWaits.IsWaitName(method.Name) ? null : new Attempt(call, kind, NameOf(call));
    }

    /// <summary><c>.Result</c>, <c>.Wait()</c>, <c>.GetAwaiter().GetResult()</c>, or an <c>await</c> around it.</summary>
    private static bool IsWaitedFor(IInvocationOperation call) => call.WalkUpValue().Parent switch
    {
        _ when call.WalkUpValue() is IAwaitOperation => false,
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" } => true,
        _ => false,
    };

    private static bool IsOpenOfConnection(IMethodSymbol method)
    {
        if (method.Name is not ("Open" or "OpenAsync"))
            return false;
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (contract.Name is "IDbConnection" && contract.IsIn("System.Data"))
                return true;
        }

        return method.ContainingType is { Name: "IDbConnection" } type && type.IsIn("System.Data");
    }

    private static bool IsLongLivedStart(IMethodSymbol method) =>
        method.Name is "StartAsync" or "Start" && (method.ContainingType.Name.EndsWith("Connection", StringComparison.Ordinal) || method.ContainingType.Name.EndsWith("Client", StringComparison.Ordinal));

    private static bool IsInputOutput(INamedTypeSymbol type)
    {
        if (StartsWithNamespace(type, "System.Net") || StartsWithNamespace(type, "System.ServiceModel") || StartsWithNamespace(type, "System.Messaging"))
            return type.Name is not ("WebUtility" or "IPAddress" or "IPEndPoint" or "Uri" or "HttpResponseMessage" or "HttpRequestMessage" or "HttpContent" or "HttpHeaders" or "HttpRequestHeaders" or "MailMessage" or "Cookie" or "CookieContainer");
        return InputOutputTypes.Contains(type.Name) && StartsWithNamespace(type, "System.IO");
    }

    private static bool OpensSomething(IObjectCreationOperation creation, INamedTypeSymbol type) =>
        type.Name is "FileStream" or "StreamReader" or "StreamWriter" && type.IsIn("System.IO") && !creation.Arguments.IsEmpty
        && creation.Arguments[0].Value.Type is { SpecialType: SpecialType.System_String };

    private static bool StartsWithNamespace(INamedTypeSymbol type, string name)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Is(name))
                return true;
        }

        return false;
    }

    private static string NameOf(IInvocationOperation call) => call.TargetMethod.MethodKind switch
    {
        MethodKind.DelegateInvoke => call.Instance.ReferencedSymbol()?.Name ?? "the delegate",
        MethodKind.LocalFunction => call.TargetMethod.Name,
        _ when call.TargetMethod.IsExtensionMethod && call.Receiver()?.Unwrap().Type is { Name.Length: > 0 } receiver => receiver.Name + "." + call.TargetMethod.Name,
        _ => call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name,
    };
}
