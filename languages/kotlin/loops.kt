var state = 1

fun main() {
    while (true) {
        state = state * 1103515245 + 12345
    }
}
