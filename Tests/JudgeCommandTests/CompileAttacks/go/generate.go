// attack: names a command that generates sources, and another compiler
// expect: WA
// time: 30
package main

//go:generate cat @CANARY@
import "fmt"

func main() { fmt.Println("nothing generated") }
