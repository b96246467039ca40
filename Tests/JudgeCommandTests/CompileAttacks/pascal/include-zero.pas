// attack: includes endless zeros, which this compiler takes for white space or for the end
// expect: CE or WA
// time: 3
program own;
{$I /dev/zero}
begin
end.
