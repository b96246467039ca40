// attack: lets the C compiler include a file of the host's, whose lines it would show
package main

/*
#include "@CANARY@"
#include "/dev/zero"
*/
import "C"

func main() {}
