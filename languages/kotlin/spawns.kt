import kotlin.concurrent.thread

fun main() {
    val threads = List(4) { thread { Math.sqrt(2.0) } }
    threads.forEach { it.join() }
    val status = ProcessBuilder("/bin/true").start().waitFor()
    check(status == 0)
    println("spawned")
}
