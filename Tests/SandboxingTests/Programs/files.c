// Leaves every kind of file in the working directory.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    FILE *file = fopen("plain", "w");
    fputs("contents", file);
    fclose(file);
    file = fopen("twice", "w");
    fclose(file);
    link("twice", "twice-too");
    symlink("/etc/passwd", "link");
    symlink("plain", "inner-link");
    mkfifo("fifo", 0600);
    mkdir("directory", 0700);
    file = fopen("large", "w");
    ftruncate(fileno(file), 2 << 20);
    fclose(file);
    return 0;
}
