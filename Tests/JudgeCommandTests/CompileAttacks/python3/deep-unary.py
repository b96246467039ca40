# attack: nests operators, which the compiler walks through by recursion
x = «300000x-»1
