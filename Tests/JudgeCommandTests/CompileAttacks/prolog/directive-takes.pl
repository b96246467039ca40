% attack: takes memory without end while it is compiled
% time: 5
:- numlist(1, 1000000000, X), length(X, N), write(N).
main :- halt(1).
