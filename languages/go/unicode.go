package main

import "fmt"

func main() {
	fmt.Println("Grüße, Ωμέγα, 你好, 🙂")
}
