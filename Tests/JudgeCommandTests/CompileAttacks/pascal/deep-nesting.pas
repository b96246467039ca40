// attack: nests brackets until the parser's own stack is used up
// expect: CE or WA
program own;
begin
  writeln(«100000x(»1«100000x)»);
end.
