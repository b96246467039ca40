{$mode objfpc}
uses
  cthreads, Classes, SysUtils;

type
  TWorker = class(TThread)
    procedure Execute; override;
  end;

procedure TWorker.Execute;
begin
end;

var
  workers: array[1..4] of TWorker;
  i: integer;
begin
  for i := 1 to 4 do
    workers[i] := TWorker.Create(false);
  for i := 1 to 4 do
    workers[i].WaitFor;
  if ExecuteProcess('/bin/true', []) <> 0 then
    halt(1);
  writeln('spawned');
end.
