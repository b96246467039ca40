(* attack: nests brackets until the parser's own stack is used up *)
(* expect: CE or WA or RTE *)
let x = «200000x(»1«200000x)»
