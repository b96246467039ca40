import scala.io.StdIn

object Main extends App {
  def sum(n: Long): Long = if (n == 0) 0 else n + sum(n - 1)

  println(sum(StdIn.readLong()))
}
