// attack: has a type that doubles with each line
object Main {
  def two[T](x: T) = (x, x)
  val a = two(two(two(two(two(two(two(two(1))))))))
  val b = two(two(two(two(two(two(two(two(a))))))))
  val c = two(two(two(two(two(two(two(two(b))))))))
  def main(arguments: Array[String]): Unit = println(c)
}
