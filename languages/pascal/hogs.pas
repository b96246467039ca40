const
  Size = 4 * 1024 * 1024;
var
  block: pointer;
begin
  while true do
  begin
    GetMem(block, Size);
    FillChar(block^, Size, 1);
  end;
end.
