object Main extends App {
  println("no end"
}
