with Ada.Text_IO; use Ada.Text_IO;

procedure Unicode is
begin
   Put_Line ("Grüße, Ωμέγα, 你好, 🙂");
end Unicode;
