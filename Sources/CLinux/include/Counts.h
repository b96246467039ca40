// Part of CLinux.h: what the kernel counts of processes beside their time.
#ifndef COUNTS_H
#define COUNTS_H

#include "CLinux.h"

// How often threads gave their processor up, had to, and touched memory that was not there.
struct cl_counts {
    long voluntary_switches, involuntary_switches, minor_faults, major_faults;
};

// Of the calling process (RUSAGE_SELF), or of all that it has waited for (RUSAGE_CHILDREN).
static inline void cl_get_counts(int who, struct cl_counts *counts) {
    struct rusage usage;
    memset(&usage, 0, sizeof usage);
    getrusage(who, &usage);
    counts->voluntary_switches = usage.ru_nvcsw;
    counts->involuntary_switches = usage.ru_nivcsw;
    counts->minor_faults = usage.ru_minflt;
    counts->major_faults = usage.ru_majflt;
}

#endif
