// attack: takes libraries of the host's into the program by the linker's own pragmas
package main

//go:cgo_import_dynamic read read "@CANARY@"
//go:cgo_ldflag "-T@CANARY@"
//go:cgo_import_static other

func main() { println("through") }
