import Foundation

let threads = DispatchGroup()
for _ in 1...4 {
    threads.enter()
    Thread { threads.leave() }.start()
}
threads.wait()

let child = Process()
child.executableURL = URL(fileURLWithPath: "/bin/true")
try child.run()
child.waitUntilExit()
print(child.terminationStatus == 0 ? "spawned" : "failed")
