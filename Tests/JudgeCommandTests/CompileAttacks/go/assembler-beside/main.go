// attack: brings an assembler file that includes files of the host's
// expect: CE or WA
// time: 30
package main

import "fmt"

func main() { fmt.Println("held") }
