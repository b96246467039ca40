; attack: nests brackets until the reader's own stack is used up
; expect: CE or RTE or MLE
«200000x(»«200000x)»
