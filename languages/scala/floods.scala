object Main extends App {
  while (true) {
    println("All work and no play makes Jack a dull boy.")
  }
}
