// attack: makes a program of gigabytes by an array that is set
// time: 30
package main

var all = [1 << 33]byte{1 << 32: 1, 5: 1}

func main() { println(all[7]) }
