fun sum(n: Long): Long = if (n == 0L) 0 else n + sum(n - 1)

fun main() {
    println(sum(readLine()!!.trim().toLong()))
}
