using System.Text;
using Flowtabled.Cli;
using Flowtabled.Native;
using static Tmds.Linux.LibC;

StreamWriter output = new(new DescriptorStream(STDOUT_FILENO), new UTF8Encoding(false)) { NewLine = "\n" };
StreamWriter error = new(new DescriptorStream(STDERR_FILENO), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };

return new CommandLine(CommandTable.All).Run(args, output, error);
