begin
  writeln('no end';
end.
