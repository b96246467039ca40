threads = Array.new(4) { |i| Thread.new { (1..1000).sum * i } }
threads.each(&:join)
abort unless system("/bin/true")
puts "spawned"
