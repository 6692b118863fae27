using Flowtabled.Kernel;

namespace Flowtabled.Doctor.Checks;

/// <summary>What the chip says that it holds, where its driver shows it.</summary>
internal static class ChipCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) =>
    [
        new ChipWitness(patient.Places.Debug).Ask() is { } table
            ? Diagnosis.Ok($"the chip says: {table}")
            : Diagnosis.Ok("no driver shows in debugfs what a chip holds, as MediaTek's and Airoha's do"),
    ];
}
