// attack: brings a script, a plugin's registration and options beside its source
// expect: WA or CE
@file:JvmName("Own")
@file:Suppress("ALL")
fun main() { println("no plugin ran") }
