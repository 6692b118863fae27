using System.ComponentModel;
using System.Diagnostics;

namespace Flowtabled.Tests.Abi;

/// <summary>Asks the C compiler whether what we say about C is so.</summary>
internal static class CCompiler
{
    /// <summary>Fails with what the compiler says against a program.</summary>
    public static void AssertAccepts(string program)
    {
        var complaints = Check(program);
        Assert.True(complaints.Length == 0, complaints);
    }

    /// <summary>Checks a program without making one; what the compiler says against it, empty when it has nothing to say.</summary>
    public static string Check(string program)
    {
        var start = new ProcessStartInfo("cc", ["-std=gnu11", "-D_GNU_SOURCE", "-Werror", "-fsyntax-only", "-x", "c", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var compiler = Start(start);
        compiler.StandardInput.Write(program);
        compiler.StandardInput.Close();
        var complaints = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? "" : complaints;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("no C compiler (Debian: apt-get install gcc libc6-dev)", e);
        }
    }
}
