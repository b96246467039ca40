fun main() {
    println("no end"
}
