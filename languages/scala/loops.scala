object Main {
  var state = 1

  def main(args: Array[String]): Unit = {
    while (true) {
      state = state * 1103515245 + 12345
    }
  }
}
