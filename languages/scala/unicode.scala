object Main extends App {
  println("Grüße, Ωμέγα, 你好, 🙂")
}
