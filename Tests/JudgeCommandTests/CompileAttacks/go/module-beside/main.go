// attack: brings a go.mod that names other modules of the host's, another toolchain and a replacement
package main

import "example.com/other"

func main() { other.Print() }
