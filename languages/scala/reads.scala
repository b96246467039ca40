import scala.io.StdIn

object Main extends App {
  println(StdIn.readLine().split(" ").map(_.toInt).sum)
}
