with Ada.Text_IO; use Ada.Text_IO;
with GNAT.OS_Lib; use GNAT.OS_Lib;

procedure Spawns is
   task type Worker;

   task body Worker is
   begin
      delay 0.001;
   end Worker;

   Success : Boolean;
begin
   declare
      Workers : array (1 .. 4) of Worker;
   begin
      null;  --  the block waits for its tasks
   end;
   Spawn ("/bin/true", Argument_List'(1 .. 0 => null), Success);
   Put_Line (if Success then "spawned" else "failed");
end Spawns;
