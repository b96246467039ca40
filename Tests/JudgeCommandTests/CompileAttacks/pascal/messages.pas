// attack: lets the compiler print what it is told, a hundred thousand times
program own;
«20000x{$MESSAGE ERROR the same and the same and the same}¶»
begin
end.
