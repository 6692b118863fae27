// The lab's namespaces and the kernel's tables are shared by all tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
