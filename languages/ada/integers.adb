with Ada.Long_Long_Integer_Text_IO; use Ada.Long_Long_Integer_Text_IO;
with Ada.Text_IO;                   use Ada.Text_IO;

procedure Integers is
   N, X  : Long_Long_Integer;
   Total : Long_Long_Integer := 0;
begin
   Get (N);
   for I in 1 .. N loop
      Get (X);
      Total := Total + X;
   end loop;
   Put (Total, Width => 0);
   New_Line;
end Integers;
