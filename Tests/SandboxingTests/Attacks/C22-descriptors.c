// case: C22
// attack: opens files, events and epolls until the system's table is full
// expect: held
// outside: through
#include "attack.h"
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
int main(void) {
    struct rlimit most;
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    for (int count = 0; count < 512; count += 1)
        if ((count % 3 == 0 ? open("/dev/null", O_RDONLY) : count % 3 == 1 ? eventfd(0, 0) : epoll_create1(0)) < 0)
            held("%s after %d", strerrorname_np(errno), count);
    through("512 descriptors");
}
