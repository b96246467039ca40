package main

import (
	"fmt"
	"os/exec"
	"runtime"
	"sync"
)

func main() {
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			runtime.LockOSThread() // a thread of its own
			runtime.Gosched()
		}()
	}
	group.Wait()
	if err := exec.Command("/bin/true").Run(); err != nil {
		panic(err)
	}
	fmt.Println("spawned")
}
