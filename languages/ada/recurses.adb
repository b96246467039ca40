with Ada.Long_Long_Integer_Text_IO; use Ada.Long_Long_Integer_Text_IO;
with Ada.Text_IO;                   use Ada.Text_IO;

procedure Recurses is
   function Total (N : Long_Long_Integer) return Long_Long_Integer is
     (if N = 0 then 0 else N + Total (N - 1));

   N : Long_Long_Integer;
begin
   Get (N);
   Put (Total (N), Width => 0);
   New_Line;
end Recurses;
