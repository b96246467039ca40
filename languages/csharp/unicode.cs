using System;

class Program {
    static void Main() {
        Console.WriteLine("Grüße, Ωμέγα, 你好, 🙂");
    }
}
