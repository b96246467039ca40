# attack: nests brackets until the parser's own stack is used up
# expect: CE
echo «20000x$(echo »1«20000x)» (
