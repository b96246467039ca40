using System;

class Program {
    static void Main() {
        while (true) {
            Console.WriteLine("All work and no play makes Jack a dull boy.");
        }
    }
}
