with GNAT.OS_Lib;

procedure Exits is
begin
   GNAT.OS_Lib.OS_Exit (3);
end Exits;
