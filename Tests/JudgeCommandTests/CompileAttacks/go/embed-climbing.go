// attack: embeds files by climbing out of the directory
package main

import (
	"embed"
	"fmt"
)

//go:embed ../etc/passwd ../../../../..@CANARY@
var all embed.FS

func main() { fmt.Print(all) }
