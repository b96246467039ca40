import Foundation
import Linux
import SandboxProtocol
import Sandboxing

/// What tells this machine from others: texts that must not be read inside a run.
///
/// Left out, because a run can learn it from the processor or by calls that programs need: the
/// kernel's release and version (uname), its clocks, memory and load in all (sysinfo), the number
/// and the kind of the processors, and the id of its own slot (uid_map).
struct HostWorld {
    /// Kind and text.
    private(set) var secrets: [(kind: String, text: String)] = []
    /// `major:minor` of everything mounted here.
    private(set) var devices: Set<String> = []

    /// Places of mounts that every Linux system has.
    private static let commonPlaces: Set<String> = [
        "/", "/proc", "/dev", "/etc", "/tmp", "/var/tmp", "/dev/shm",
    ]

    init() throws {
        // Some are very short: as uname tells it, or on a line of its own.
        let name = try readControl("/proc/sys/kernel/hostname")
        add("host name", "\n\(name) ")
        add("host name", "\n\(name)\n")
        add("kernel command line", try readControl("/proc/cmdline"))
        add("boot id", try readControl("/proc/sys/kernel/random/boot_id"))
        add("machine id", (try? readControl("/etc/machine-id")) ?? "")
        for line in lines(try contents("/proc/self/mountinfo")) { addMount(line) }
        for line in lines(try contents("/etc/passwd")) { add("user", line) }
        for line in lines(try contents("/proc/self/net/route")).dropFirst() { add("route", line) }
        for line in lines(try contents("/proc/self/net/dev")).dropFirst(2) {
            let name = line.split(separator: ":")[0].trimmingCharacters(in: .whitespaces)
            if name != "lo" { add("interface", name) }
        }
        for line in lines((try? contents("/proc/modules")) ?? "") {
            add("module", line)
        }
        for (name, value) in ProcessInfo.processInfo.environment where value.count >= 8 {
            if !value.hasPrefix("/usr") { add("environment", "\(name)=\(value)") }
        }
        add("directory", FileManager.default.currentDirectoryPath)
        add("directory", buildDirectory)
        add("directory", NSTemporaryDirectory() + "judge-")
        add("process", try readControl("/proc/self/comm"))
        add("process", "judge-sandbox")
        try addSpace()
    }

    private mutating func add(_ kind: String, _ text: String) {
        // Shorter ones are in any text.
        if text.utf8.count >= 3 { secrets.append((kind, text)) }
    }

    private mutating func addMount(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 2 < words.count else {
            return
        }
        devices.insert(words[2])
        if !Self.commonPlaces.contains(words[4]) { add("mount point", " \(words[4]) ") }
        if words[3] != "/" { add("mounted directory", " \(words[3]) ") }
        if words[dash + 2].hasPrefix("/") { add("mounted device", words[dash + 2]) }
        let kind = words[dash + 1]
        // An ordinary user may make no device nodes: runs see those of the host, on its devtmpfs.
        let isShown = kind == "proc" || (kind == "devtmpfs" && Standing.own != .root)
        if !isShown { add("file system", " \(kind) \(words[dash + 2]) ") }
    }

    /// Blocks in all of what this machine's programs and temporary files lie on.
    private mutating func addSpace() throws {
        let devices = Standing.own == .root ? ["/dev"] : []
        for path in ["/", "/usr", "/usr/lib", "/tmp", NSTemporaryDirectory()] + devices {
            var space = statvfs()
            guard statvfs(path, &space) == 0, space.f_blocks > 0 else { continue }
            add("disk statistic", "\n\(space.f_blocks) ")
        }
    }

    private func contents(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
