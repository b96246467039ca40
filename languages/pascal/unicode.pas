begin
  writeln('Grüße, Ωμέγα, 你好, 🙂');
end.
