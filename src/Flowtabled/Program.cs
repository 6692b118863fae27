using System.Text;
using Flowtabled.Cli;

// The bare streams bring no terminal code, and take a closed pipe in silence: `flowtabled help | head -1` is fine.
#pragma warning disable RS0030
StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
StreamWriter error = new(Console.OpenStandardError(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
#pragma warning restore RS0030

return new CommandLine(CommandTable.All).Run(args, output, error);
