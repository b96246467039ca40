-- attack: computes constants of more digits than memory has
-- time: 3
procedure Own is
   A : constant := 2 ** 100000;
   B : constant := A ** 1000;
   C : constant := B ** 1000;
begin
   if C mod 7 = 3 then raise Program_Error; end if;
end Own;
