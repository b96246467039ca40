-- attack: nests brackets until the parser's own stack is used up
-- expect: CE or WA
procedure Own is
   X : Integer :=
   «10000x((((((((((((((((((((¶   »1
   «10000x))))))))))))))))))))¶   »;
begin
   null;
end Own;
