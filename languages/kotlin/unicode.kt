fun main() {
    println("Grüße, Ωμέγα, 你好, 🙂")
}
