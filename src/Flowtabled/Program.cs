using Flowtabled.Cli;
using Flowtabled.Native;
using static Tmds.Linux.LibC;

using DescriptorWriter output = new(STDOUT_FILENO);
using DescriptorWriter error = new(STDERR_FILENO);

return new CommandLine(CommandTable.All).Run(args, output, error);
