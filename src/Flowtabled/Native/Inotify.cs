using System.Runtime.InteropServices;

namespace Flowtabled.Native;

/// <summary>Word of changed files, for a poll loop (sys/inotify.h). Names are the C library's; calls return -1 and set errno.</summary>
internal static partial class Inotify
{
    public const int IN_NONBLOCK = 0x800;
    public const int IN_CLOEXEC = 0x80000;

    public const uint IN_CLOSE_WRITE = 0x8;
    public const uint IN_MOVED_FROM = 0x40;
    public const uint IN_MOVED_TO = 0x80;
    public const uint IN_CREATE = 0x100;
    public const uint IN_DELETE = 0x200;
    public const uint IN_DELETE_SELF = 0x400;
    public const uint IN_MOVE_SELF = 0x800;
    public const uint IN_Q_OVERFLOW = 0x4000;
    public const uint IN_IGNORED = 0x8000;
    public const uint IN_ONLYDIR = 0x1000000;

    /// <summary>Opens a queue of events; <c>read</c> gives them as <see cref="InotifyEvent"/>, each with its name behind it.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int inotify_init1(int flags);

    /// <summary>Watches <paramref name="path"/>, or changes what it is watched for; gives the watch that its events carry.</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int inotify_add_watch(int fd, string path, uint mask);

    /// <summary>Ends a watch; its last event is <see cref="IN_IGNORED"/>.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int inotify_rm_watch(int fd, int wd);
}

/// <summary>The head of an event (struct inotify_event, sys/inotify.h); <see cref="Length"/> bytes of name follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct InotifyEvent
{
    /// <summary>The watch that <see cref="Inotify.inotify_add_watch"/> gave; -1 for <see cref="Inotify.IN_Q_OVERFLOW"/>.</summary>
    public readonly int Watch;

    /// <summary>What happened: IN_* bits.</summary>
    public readonly uint Mask;

    /// <summary>The same for both halves of a rename.</summary>
    public readonly uint Cookie;

    /// <summary>Bytes of name behind this head, the zeros that pad it included; 0 where the watched file itself is meant.</summary>
    public readonly uint Length;
}
