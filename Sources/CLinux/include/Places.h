// Part of CLinux.h: going into namespaces that are there.
#ifndef PLACES_H
#define PLACES_H

#include "CLinux.h"

// Takes the caller into the namespace behind a descriptor, which must be of the kind that flags say.
static inline long cl_setns(int fd, int flags) { return cl_result(syscall(SYS_setns, fd, flags)); }

#endif
