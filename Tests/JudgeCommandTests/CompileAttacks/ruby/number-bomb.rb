# attack: has constants that could be computed while it is checked
# expect: CE or WA
x = -> { 10**10**10 + 2**(2**40) + ("a" * 10**11).size }
puts "checked"
