main :- writeln("never".
