// attack: embeds files of the host's
package main

import (
	_ "embed"
	"fmt"
)

//go:embed @CANARY@
var canary string

func main() { fmt.Print(canary) }
