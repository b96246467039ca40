var
  state: longint = 1;
begin
  while state <> 0 do
    state := state mod 1000 + 1;
end.
