/* Sums go round by TCP: each machine connects to the next, adds its number, and passes on; the second round tells the total. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { machines = 4, port = 4000 };

static struct sockaddr_in address(int machine) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(0x0a000001u + machine);
    return address;
}

static int connected(int machine) {
    struct sockaddr_in there = address(machine);
    for (;;) {
        int end = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(end, (struct sockaddr *)&there, sizeof there) == 0)
            return end;
        /* It does not listen yet. */
        close(end);
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
}

static void put(int end, long long number) {
    if (write(end, &number, sizeof number) != sizeof number)
        exit(1);
}

static long long get(int end) {
    long long number;
    for (size_t done = 0; done < sizeof number;) {
        ssize_t count = read(end, (char *)&number + done, sizeof number - done);
        if (count <= 0)
            exit(1);
        done += count;
    }
    return number;
}

int main(int count, char **arguments) {
    int machine = atoi(arguments[count - 1]);
    long long number, sum;
    if (scanf("%lld", &number) != 1)
        return 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = address(machine);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, 1) != 0)
        return 1;
    int next = connected((machine + 1) % machines);
    int last = accept(listener, NULL, NULL);
    if (machine == 0) {
        put(next, number);
        sum = get(last);
        put(next, sum);
        get(last);
    } else {
        put(next, get(last) + number);
        sum = get(last);
        put(next, sum);
    }
    printf("%lld\n", sum);
    return 0;
}
