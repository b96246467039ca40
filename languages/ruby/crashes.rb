numbers = nil
puts numbers.first
