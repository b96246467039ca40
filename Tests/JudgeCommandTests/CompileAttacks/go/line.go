// attack: says that its mistakes are in lines of the host's file, which messages could show
package main

//line @CANARY@:1
func main() { return 1 }
//line @ANSWER@:1
func f() { undefined() }
