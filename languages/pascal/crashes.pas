var
  zero: longint;
begin
  zero := ParamCount;
  writeln(1 div zero);
end.
