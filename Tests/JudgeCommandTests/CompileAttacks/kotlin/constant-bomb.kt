// attack: doubles a constant text while it is compiled
// expect: CE
const val s0 = "0123456789abcdef0123456789abcdef"
const val s1 = s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0
const val s2 = s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1
const val s3 = s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2
const val s4 = s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3
const val s5 = s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4
const val s6 = s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5
const val s7 = s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6
const val s8 = s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7
fun main() { println(s8.length) }
