// attack: hands files of the host's to the linker, as object and as library
program own;
{$L @CANARY@}
{$LINKLIB @ANSWER@}
procedure missing; cdecl; external;
begin
  missing;
end.
