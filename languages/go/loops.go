package main

func main() {
	state := uint32(1)
	for {
		state = state*1103515245 + 12345
	}
}
