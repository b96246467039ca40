// attack: doubles a constant text sixty times while it is compiled
// time: 10
package main

const s0 = "0123456789abcdef"
const s1 = s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0
const s2 = s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1
const s3 = s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2
const s4 = s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3
const s5 = s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4
const s6 = s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5
const s7 = s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6

func main() { println(len(s7), s7) }
