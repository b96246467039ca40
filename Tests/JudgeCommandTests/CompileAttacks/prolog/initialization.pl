% attack: runs while it is compiled and prints files of the host's
% twin: yes
:- initialization(main).
:- read_file_to_string('@CANARY@', Text, []), write(user_error, Text), halt(1).
main.
