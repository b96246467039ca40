-- attack: makes a program of gigabytes by an array that is set
-- time: 3
procedure Own is
   type Numbers is array (Long_Long_Integer range <>) of Long_Long_Integer;
   All_Of_Them : constant Numbers (1 .. 2 ** 31) := (5 => 3, others => 7);
   pragma Export (C, All_Of_Them, "all_of_them");
begin
   if All_Of_Them (7) = 3 then raise Program_Error; end if;
end Own;
