fun main() {
    val kept = mutableListOf<ByteArray>()
    while (true) {
        kept.add(ByteArray(4 shl 20) { 1 })
    }
}
