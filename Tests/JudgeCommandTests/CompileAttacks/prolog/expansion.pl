% attack: changes each clause as it is read, and doubles them
% time: 3
term_expansion(a(X), [a(Y), b(Y)]) :- Y is X + 1, read_file_to_string('@CANARY@', _, []).
user:term_expansion((:- double(N)), All) :- length(All, N), maplist(=(a(1)), All).
:- double(100000000).
main :- halt(1).
