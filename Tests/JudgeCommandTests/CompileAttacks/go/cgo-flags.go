// attack: hands options to the C compiler and to the linker
package main

// #cgo CFLAGS: -include @CANARY@ -fplugin=@CANARY@
// #cgo LDFLAGS: -Wl,-T,@CANARY@ @ANSWER@
// #include <stdio.h>
import "C"

func main() { C.puts(C.CString("through")) }
