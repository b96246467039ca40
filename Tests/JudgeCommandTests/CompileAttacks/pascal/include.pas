// attack: includes a file of the host's, whose lines the compiler would show
// twin: yes
program own;
{$I @CANARY@}
begin
end.
