begin
  while true do
    writeln('All work and no play makes Jack a dull boy.');
end.
