def total(n)
  n.zero? ? 0 : n + total(n - 1)
end

puts total(gets.to_i)
