import CLinux
import Glibc
import Linux
import SandboxProtocol

/// What the helper program does besides serving a worker: it tells of the machine or attacks the
/// sandbox, prints lines `key<TAB>value`, and ends.
///
/// It is the helper that does so because what may be done depends on who does it, and because it is
/// static: it runs inside a sandbox as it runs outside.
enum HelperMode {
    static func main(_ name: String, _ arguments: [String]) -> Int32 {
        switch name {
        case "trials":
            HostTrials.tell()
            return 0
        case "world":
            tellWorld()
            return 0
        case "probe":
            return Probes.main(arguments)
        case "syscalls":
            SyscallListing.tell()
            return 0
        default:
            complain("judge-sandbox: there is no mode \(name)\n")
            return 64
        }
    }

    /// Mode `world`: what this process sees.
    private static func tellWorld() {
        var world = World.seen()
        let version = cl_call(444, 0, 0, 1, 0, 0)
        world.add("landlock-version", version < 0 ? "none" : "\(version)")
        world.add("landlock-layers", World.landlockLayers().map(String.init) ?? "not shown")
        try? writeAll(Array(world.lines.utf8), to: 1, "standard output")
    }

    static func tell(_ key: String, _ value: String) {
        try? writeAll(Array("\(key)\t\(value)\n".utf8), to: 1, "standard output")
    }

    static func complain(_ text: String) {
        try? writeAll(Array(text.utf8), to: 2, "standard error")
    }

    /// What `body` returns in a process of its own, 0 to 255; nil when a signal ended that.
    ///
    /// The helper has one thread here, so that its child may use everything.
    static func inChild(_ body: () -> Int32) -> Int32? {
        let pid = fork()
        if pid == 0 { exit(body()) }
        guard pid > 0 else { return errno }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
    }
}
