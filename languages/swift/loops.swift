var state = 1
while state != 0 {
    state = state % 1000 + 1
}
