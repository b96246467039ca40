// attack: lets the search for an implicit value grow without end
trait Z; trait S[N]; trait Know[N]
object Main {
  implicit def a[N](implicit x: Know[S[N]], y: Know[S[S[N]]]): Know[N] = null
  implicit def b[N](implicit x: Know[S[S[N]]], y: Know[S[N]]): Know[S[N]] = null
  def main(arguments: Array[String]): Unit = implicitly[Know[Z]]
}
