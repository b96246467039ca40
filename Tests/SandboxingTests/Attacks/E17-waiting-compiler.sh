#!/bin/sh
# case: E17
# attack: a compiler that waits, to hold its slot without using the processor
# expect: outcome idle or outcome wall-time
# outside: untried: a host without a limit waits
# stage: product
# limits: wall=400
exec sleep 3600
