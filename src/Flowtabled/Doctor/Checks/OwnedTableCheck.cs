namespace Flowtabled.Doctor.Checks;

/// <summary>
/// Whether the table is safe from other programs and outlives a crash: NFT_TABLE_F_OWNER with NFT_TABLE_F_PERSIST, Linux 6.9.
/// </summary>
internal static class OwnedTableCheck
{
    public static IEnumerable<Diagnosis> Run(Patient patient) =>
    [
        patient.Kernel.Features.PersistentTables
            ? Diagnosis.Ok("the table can have an owner: no other program can change it, and it outlives a crash")
            : Diagnosis.Info(
                "the table has no owner (that takes Linux 6.9, and no --plain-table): every program can delete it, and it is put back"),
    ];
}
