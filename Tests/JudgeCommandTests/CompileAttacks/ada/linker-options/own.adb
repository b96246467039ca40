-- attack: hands files of the host's to the linker, which would show their lines
procedure Own is
   pragma Linker_Options ("@CANARY@");
   pragma Linker_Options ("-Wl,-T,@ANSWER@");
begin
   null;
end Own;
