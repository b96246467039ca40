// attack: names keys, resources and libraries of the host's by attributes
// expect: CE or WA
[assembly: System.Reflection.AssemblyKeyFile("@CANARY@")]
[assembly: System.Reflection.AssemblyKeyName("@ANSWER@")]
class Own {
    [System.Runtime.InteropServices.DllImport("@CANARY@")] static extern int f();
    static void Main() { System.Console.WriteLine("ran"); }
}
