:- use_module(library(readutil)).

main :-
    read_line_to_string(user_input, Line),
    split_string(Line, " ", "", Words),
    maplist(number_string, [A, B], Words),
    Sum is A + B,
    writeln(Sum).
