% attack: runs for ever while it is compiled
% time: 2
:- repeat, fail.
main.
