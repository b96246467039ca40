% attack: loads foreign libraries and files of the host's
% expect: CE or WA or RTE
:- use_foreign_library('@CANARY@').
:- [ '@CANARY@' ].
:- include('@ANSWER@').
main :- write(ran).
