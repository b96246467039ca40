// attack: nests brackets until the parser's own stack is used up
fn main() { let x = «100000x(»1«100000x)»; }
