package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	for {
		fmt.Fprintln(out, "All work and no play makes Jack a dull boy.")
	}
}
