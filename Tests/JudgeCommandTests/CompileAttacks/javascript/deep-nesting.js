// attack: nests brackets until the parser's own stack is used up
const x = «200000x[»1«200000x]»;
