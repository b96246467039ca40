with Ada.Text_IO; use Ada.Text_IO;

procedure Floods is
begin
   loop
      Put_Line ("All work and no play makes Jack a dull boy.");
   end loop;
end Floods;
