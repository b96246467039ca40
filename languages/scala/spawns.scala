import scala.sys.process._

object Main extends App {
  val threads = List.fill(4)(new Thread {
    override def run(): Unit = math.sqrt(2)
  })
  threads.foreach(_.start())
  threads.foreach(_.join())
  val status = Process("/bin/true").!
  println(if (status == 0) "spawned" else "failed")
}
