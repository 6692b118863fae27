/*
 * What objects that were compiled for glibc call and musl lacks, so that they can be linked against it.
 * The names of large file support: musl has one size of off_t, and since 1.2.4 these names for the dynamic linker only.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#define JUMP "jmp"
#else
#define JUMP "b"
#endif

#define ALIAS(alias, name)                    \
	__asm__(".pushsection .text." #alias ",\"ax\"\n" \
		".globl " #alias "\n"         \
		".type " #alias ", %function\n" \
		#alias ":\n\t" JUMP " " #name "\n" \
		".popsection")

#define LFS64(name) ALIAS(name##64, name)

LFS64(fallocate);
LFS64(fopen);
LFS64(fstatfs);
LFS64(ftruncate);
LFS64(getrlimit);
LFS64(lseek);
LFS64(mkstemps);
LFS64(mmap);
LFS64(open);
LFS64(posix_fadvise);
LFS64(pread);
LFS64(preadv);
LFS64(pwrite);
LFS64(pwritev);
LFS64(readdir);
LFS64(sendfile);
LFS64(setrlimit);
LFS64(statfs);
ALIAS(__strdup, strdup);
ALIAS(__sched_cpufree, free);

cpu_set_t *__sched_cpualloc(size_t count)
{
	return calloc((count + 8 * sizeof(long) - 1) / (8 * sizeof(long)), sizeof(long));
}

/* stat() as glibc had it before 2.33: the first argument is the version of the structure. */
int __xstat64(int version, const char *path, void *buffer)
{
	extern int stat(const char *, void *);
	(void)version;
	return stat(path, buffer);
}

int __lxstat64(int version, const char *path, void *buffer)
{
	extern int lstat(const char *, void *);
	(void)version;
	return lstat(path, buffer);
}

int __fxstat64(int version, int file, void *buffer)
{
	extern int fstat(int, void *);
	(void)version;
	return fstat(file, buffer);
}
