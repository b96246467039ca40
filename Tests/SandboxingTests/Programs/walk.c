// Prints all that the system tells of itself: every name, link and readable file below the given
// places, and what calls answer. Each finding is a line `@KIND SUBJECT` and what was found.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>
extern char **environ;
static int left = 20000;
static void show_file(const char *path) {
    static char buffer[65536];
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0) return;
    long size = read(fd, buffer, sizeof buffer);
    close(fd);
    printf("@file %s\n", path);
    for (long index = 0; index < size; index += 1) putchar(buffer[index] ? buffer[index] : '\n');
    putchar('\n');
}
static int is_endless(const char *name) {
    // One's own memory, and its page table, which is two gigabytes of zeroes.
    return !strcmp(name, "mem") || !strcmp(name, "pagemap") || !strcmp(name, "clear_refs");
}
static void walk(const char *path) {
    struct stat information;
    if (left-- <= 0 || lstat(path, &information) < 0) return;
    printf("@name %s %o device %u:%u\n", path, information.st_mode,
        (unsigned)(information.st_dev >> 8 & 0xfff), (unsigned)(information.st_dev & 0xff));
    if (S_ISLNK(information.st_mode)) {
        char target[4096];
        long size = readlink(path, target, sizeof target - 1);
        if (size >= 0) printf("@link %s\n%.*s\n", path, (int)size, target);
    } else if (S_ISDIR(information.st_mode)) {
        DIR *directory = opendir(path);
        for (struct dirent *entry; directory && (entry = readdir(directory));) {
            char inner[4096];
            if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
            snprintf(inner, sizeof inner, "%s/%s", strcmp(path, "/") ? path : "", entry->d_name);
            walk(inner);
        }
        if (directory) closedir(directory);
    } else if (S_ISREG(information.st_mode) && !is_endless(strrchr(path, '/') + 1)) {
        show_file(path);
    }
}
static void show_space(const char *path) {
    struct statvfs space;
    if (statvfs(path, &space) < 0) return;
    printf("@space %s\n%lu %lu %lu %lu\n", path, (unsigned long)space.f_blocks,
        (unsigned long)space.f_bfree, (unsigned long)space.f_files, (unsigned long)space.f_ffree);
}
int main(int count, char **places) {
    struct utsname names;
    struct sysinfo system;
    struct mntent *mount;
    uname(&names);
    sysinfo(&system);
    printf("@kernel\n%s %s %s %s\n", names.sysname, names.release, names.version, names.machine);
    printf("@host\n%s %s\n", names.nodename, names.domainname);
    printf("@uptime\n%ld\n", system.uptime);
    for (char **variable = environ; *variable; variable += 1) printf("@variable\n%s\n", *variable);
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    while (mounts && (mount = getmntent(mounts))) show_space(mount->mnt_dir);
    for (int index = 1; index < count; index += 1) {
        show_space(places[index]);
        walk(places[index]);
    }
    printf("@end %d\n", left > 0);
    return 0;
}
