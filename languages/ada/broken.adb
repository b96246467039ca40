with Ada.Text_IO; use Ada.Text_IO;

procedure Broken is
begin
   Put_Line ("no end";
end Broken;
