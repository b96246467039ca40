% attack: runs while it is compiled: environment, processes, answers
% expect: CE or WA or RTE
:- catch(shell('cat @CANARY@ @ANSWER@ @DATABASE@ /etc/shadow /proc/1/environ 2>&1; env; ls -la / /box'), _, true).
main :- write(ran).
