loop { puts "flood" * 1000 }
