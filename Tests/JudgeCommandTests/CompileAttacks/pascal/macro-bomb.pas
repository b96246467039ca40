// attack: expands macros that double with each name
// time: 3
program own;
{$MACRO ON}
{$DEFINE a := 1+1+1+1+1+1+1+1+1+1}
{$DEFINE b := a+a+a+a+a+a+a+a+a+a}
{$DEFINE c := b+b+b+b+b+b+b+b+b+b}
{$DEFINE d := c+c+c+c+c+c+c+c+c+c}
{$DEFINE e := d+d+d+d+d+d+d+d+d+d}
{$DEFINE f := e+e+e+e+e+e+e+e+e+e}
{$DEFINE g := f+f+f+f+f+f+f+f+f+f}
begin
  writeln(g);
