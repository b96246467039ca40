# attack: has code that runs before all else, and would run while it is checked
# expect: WA or CE
BEGIN { $stderr.puts(File.read("@CANARY@")) rescue puts("held") }
END { puts "end" }
