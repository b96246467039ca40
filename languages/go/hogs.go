package main

func main() {
	var kept [][]byte
	for {
		block := make([]byte, 4<<20)
		for i := range block {
			block[i] = 1
		}
		kept = append(kept, block)
	}
}
