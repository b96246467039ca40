-- attack: nests brackets until the parser's own stack is used up
local x = «100000x(»1«100000x)»
