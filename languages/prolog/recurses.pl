:- use_module(library(readutil)).

main :-
    read_line_to_string(user_input, Line),
    number_string(N, Line),
    total(N, Sum),
    writeln(Sum).

total(0, 0) :- !.
total(N, Sum) :-
    M is N - 1,
    total(M, Sum0),
    Sum is Sum0 + N.
