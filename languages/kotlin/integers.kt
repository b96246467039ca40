fun main() {
    val input = System.`in`.bufferedReader()
    val n = input.readLine().trim().toInt()
    var sum = 0L
    repeat(n) {
        sum += input.readLine().trim().toLong()
    }
    println(sum)
}
