main :- writeln("Grüße, Ωμέγα, 你好, 🙂").
