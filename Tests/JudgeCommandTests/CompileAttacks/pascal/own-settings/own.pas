// attack: brings the compiler's settings, which name other outputs, tools and options
// expect: WA or CE
program own;
begin
  writeln('ran');
end.
