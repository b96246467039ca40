:- use_module(library(process)).

main :-
    length(Threads, 4),
    maplist([Thread]>>thread_create(numlist(1, 1000, _), Thread), Threads),
    maplist(thread_join, Threads),
    process_create("/bin/true", [], [process(Process)]),
    process_wait(Process, exit(0)),
    writeln(spawned).
