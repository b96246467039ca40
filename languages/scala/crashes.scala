object Main extends App {
  val numbers = Vector(1, 2, 3)
  println(numbers(args.length + 3))
}
