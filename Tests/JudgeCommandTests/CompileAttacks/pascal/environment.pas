// attack: takes variables of the compiler's environment into the program
// expect: WA
program own;
begin
  writeln({$I %JUDGE_SECRET%}, {$I %HOME%}, {$I %FILE%}, {$I %PATH%});
end.
