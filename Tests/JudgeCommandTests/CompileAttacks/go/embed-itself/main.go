// attack: embeds the files of its own directory, and all that else might be there
// expect: WA or CE
// time: 30
package main

import (
	"embed"
	"fmt"
)

//go:embed *
var all embed.FS

func main() {
	names, _ := all.ReadDir(".")
	for _, name := range names {
		text, _ := all.ReadFile(name.Name())
		fmt.Println(name.Name(), len(text))
	}
}
