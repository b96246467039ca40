import scala.io.StdIn

object Main extends App {
  val n = StdIn.readInt()
  var sum = 0L
  for (_ <- 1 to n) {
    sum += StdIn.readLong()
  }
  println(sum)
}
