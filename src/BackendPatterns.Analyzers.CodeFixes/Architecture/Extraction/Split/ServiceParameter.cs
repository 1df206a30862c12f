using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>A parameter of a service method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, fully qualified, with the annotation of the simplifier.</param>
public sealed record ServiceParameter(string Name, TypeSyntax Type);
