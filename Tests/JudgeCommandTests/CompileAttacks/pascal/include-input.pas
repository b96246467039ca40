// attack: includes standard input, which may wait for ever
program own;
{$I /dev/stdin}
{$I /dev/tty}
begin
