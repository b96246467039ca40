function total(n: int64): int64;
begin
  if n = 0 then
    total := 0
  else
    total := n + total(n - 1);
end;

var
  n: int64;
begin
  readln(n);
  writeln(total(n));
end.
