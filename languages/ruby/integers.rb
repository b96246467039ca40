n = gets.to_i
puts Array.new(n) { gets.to_i }.sum
