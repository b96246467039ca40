// attack: includes itself
// time: 3
{$I include-itself.pas}
{$I include-itself.pas}
program own;
begin
end.
