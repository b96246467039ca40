// attack: has a type that wants itself with a larger one, without end
// time: 30
package main

func grow[T any](depth int) {
	if depth > 0 {
		grow[map[int]T](depth - 1)
		grow[[]T](depth - 1)
	}
}

func main() { grow[int](9) }
