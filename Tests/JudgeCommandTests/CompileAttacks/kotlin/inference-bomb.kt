// attack: nests lambdas whose types are inferred anew for each way that an outer one may be meant
fun <T> f(x: (T) -> T): T = throw Error()
fun <T> f(x: (T, T) -> T): T = throw Error()
fun main() { val x: Int = «14xf { a -> a + »1«14x }» }
