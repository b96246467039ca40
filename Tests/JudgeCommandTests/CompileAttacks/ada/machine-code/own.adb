-- attack: lets the assembler put a file of the host's into the program, which prints it
-- twin: yes
with System.Machine_Code;
procedure Own is
begin
   System.Machine_Code.Asm (".include ""@CANARY@""", Volatile => True);
end Own;
