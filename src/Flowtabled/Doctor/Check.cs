namespace Flowtabled.Doctor;

/// <summary>Something that <c>flowtabled doctor</c> looks at.</summary>
/// <param name="Name">Its name, stable: <c>ip_forward</c>.</param>
/// <param name="Run">Looks. What keeps it from looking, it throws.</param>
internal sealed record Check(string Name, Func<Patient, IEnumerable<Diagnosis>> Run);
