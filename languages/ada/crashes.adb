with Ada.Command_Line; use Ada.Command_Line;
with Ada.Text_IO;      use Ada.Text_IO;

procedure Crashes is
   Numbers : array (1 .. 3) of Integer := (others => 0);
begin
   Put_Line (Integer'Image (Numbers (Argument_Count + 4)));
end Crashes;
