// attack: makes a program of gigabytes by an array that is set
// time: 3
program own;
const all: array[0..$7fffffff] of byte = (1);
begin
  writeln(all[7]);
end.
