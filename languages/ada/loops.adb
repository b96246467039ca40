procedure Loops is
   State : Integer := 1 with Volatile;
begin
   loop
      State := State mod 1000 + 1;
   end loop;
end Loops;
