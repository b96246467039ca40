import scala.collection.mutable.ArrayBuffer

object Main extends App {
  val kept = ArrayBuffer[Array[Byte]]()
  while (true) {
    kept += Array.fill[Byte](4 << 20)(1)
  }
}
