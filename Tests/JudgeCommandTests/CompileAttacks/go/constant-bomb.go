// attack: computes constants of more digits than memory has
package main

const a = 1 << 500
const b = a * a * a * a * a * a * a * a
const c = b * b * b * b * b * b * b * b
const d = 1 << 100000000000
const e = "«30000xabc»" + "«30000xabc»"

func main() { println(d >> 99999999999) }
