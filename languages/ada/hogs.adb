with Ada.Containers.Vectors;

procedure Hogs is
   type Block is array (1 .. 4 * 1024 * 1024) of Character;
   type Block_Access is access Block;
   package Block_Vectors is new Ada.Containers.Vectors (Positive, Block_Access);

   Kept : Block_Vectors.Vector;
begin
   loop
      Kept.Append (new Block'(others => 'x'));
   end loop;
end Hogs;
