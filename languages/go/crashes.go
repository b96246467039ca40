package main

import (
	"fmt"
	"os"
)

func main() {
	numbers := make([]int, 3)
	fmt.Println(numbers[len(os.Args)+2])
}
