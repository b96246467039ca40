:- use_module(library(readutil)).

main :-
    number_line(N),
    total(N, 0, Sum),
    writeln(Sum).

total(0, Sum, Sum) :- !.
total(N, Sum0, Sum) :-
    number_line(X),
    Sum1 is Sum0 + X,
    M is N - 1,
    total(M, Sum1, Sum).

number_line(N) :-
    read_line_to_codes(user_input, Codes),
    number_codes(N, Codes).
