/bin/true &
wait $! && echo spawned
