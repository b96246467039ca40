# attack: lets the parser turn a number of a million digits into binary, which takes the square of that
# expect: CE
x = «900000x7»
