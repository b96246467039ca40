# attack: has an expression that is compiled when it is parsed
# expect: CE or WA
x = -> { /(«2000x(a*)*»){100000}{100000}/ }
puts "checked"
