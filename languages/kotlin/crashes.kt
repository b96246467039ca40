fun main(args: Array<String>) {
    val numbers = IntArray(3)
    println(numbers[args.size + 3])
}
