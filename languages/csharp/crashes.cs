using System;

class Program {
    static void Main(string[] args) {
        var numbers = new int[3];
        Console.WriteLine(numbers[args.Length + 3]);
    }
}
