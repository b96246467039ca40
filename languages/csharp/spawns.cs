using System;
using System.Diagnostics;
using System.Threading;

class Program {
    static void Main() {
        var threads = new Thread[4];
        for (int i = 0; i < threads.Length; i++) {
            threads[i] = new Thread(() => Math.Sqrt(2));
            threads[i].Start();
        }
        foreach (var thread in threads) {
            thread.Join();
        }
        using (var child = Process.Start("/bin/true")) {
            child.WaitForExit();
            Console.WriteLine(child.ExitCode == 0 ? "spawned" : "failed");
        }
    }
}
