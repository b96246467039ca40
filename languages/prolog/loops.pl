main :- spin(0).

spin(N) :- M is N + 1, spin(M).
