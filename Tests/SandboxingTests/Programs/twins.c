// Does what programs do: threads, a fork, an exec, signals, timers, shared memory, epoll, sockets;
// prints a line for each that worked.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static void *add(void *number) {
    *(int *)number += 1;
    return 0;
}
static volatile sig_atomic_t signals;
static void count(int signal) { signals += 1; }
static int raw_thread(void *flag) {
    *(volatile int *)flag = 1;
    syscall(SYS_exit, 0);
    return 0;
}
static void say(const char *what, int worked) {
    if (worked) puts(what);
}
int main(void) {
    int number = 0, status = 0;
    pthread_t thread;
    say("thread", !pthread_create(&thread, 0, add, &number) && !pthread_join(thread, 0) && number);
    // As Go starts its threads: the raw call, with a stack and flags of its own.
    volatile int flag = 0;
    char *stack = malloc(65536);
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    int raw = clone(raw_thread, stack + 65536, flags, (void *)&flag);
    while (raw > 0 && !flag) sched_yield();
    say("raw thread", flag);
    pid_t child = fork();
    if (child == 0) _exit(7);
    say("fork", waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 7);
    say("system", system("exit 3") == 3 << 8);
    signal(SIGUSR1, count);
    say("signal", !kill(getpid(), SIGUSR1) && signals == 1);
    int epoll = epoll_create1(EPOLL_CLOEXEC), event = eventfd(1, 0);
    struct epoll_event wanted = {.events = EPOLLIN}, got;
    say("epoll", !epoll_ctl(epoll, EPOLL_CTL_ADD, event, &wanted)
                     && epoll_wait(epoll, &got, 1, 1000) == 1);
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
    long expired = 0;
    say("timer", !timerfd_settime(timer, 0, &soon, 0) && read(timer, &expired, 8) == 8);
    sem_t *semaphore = sem_open("/judge-test", 0100 /* O_CREAT */, 0600, 1);
    say("semaphore", semaphore != SEM_FAILED && !sem_wait(semaphore));
    int pair[2];
    say("socket pair", !socketpair(AF_UNIX, SOCK_STREAM, 0, pair) && write(pair[0], "a", 1) == 1);
    return 0;
}
