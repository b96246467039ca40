// attack: has an array of constants of gigabytes
// expect: CE or RTE or MLE
class Own { static byte[] all = new byte[4000000000] {1}; static void Main() { System.Console.WriteLine(all.Length); } }
