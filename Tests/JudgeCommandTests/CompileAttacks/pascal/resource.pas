// attack: takes files of the host's into the program as resources
// expect: CE or WA
program own;
{$R @CANARY@}
{$R own.res @ANSWER@}
begin
  writeln('ran');
end.
