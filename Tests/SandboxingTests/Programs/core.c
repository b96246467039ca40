// Sets its core limit to argv[1], where there is one and it may, and crashes.
#include <stdlib.h>
#include <sys/resource.h>
int main(int argc, char **argv) {
    if (argc > 1) setrlimit(RLIMIT_CORE, &(struct rlimit){atoi(argv[1]), atoi(argv[1])});
    abort();
}
