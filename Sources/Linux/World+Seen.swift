import CLinux
import Glibc

extension World {
    mutating func addNamespaces() {
        for (key, name) in [
            ("user", "user"), ("mount", "mnt"), ("pid", "pid"), ("network", "net"), ("ipc", "ipc"),
            ("uts", "uts"), ("cgroup", "cgroup"), ("time", "time"),
        ] {
            let target = (try? linkTarget("/proc/self/ns/\(name)")) ?? "not shown"
            // `net:[4026531840]`
            add("namespace-\(key)", target.filter(\.isNumber).isEmpty ? target : digits(target))
        }
    }

    mutating func addProcesses() {
        add("process-id", "\(getpid())")
        add("parent-process-id", "\(getppid())")
        let seen = ((try? directoryNames("/proc")) ?? []).compactMap { Int($0) }.sorted()
        let first = seen.prefix(5).map(String.init).joined(separator: " ")
        add("processes", "\(seen.count): \(first)\(seen.count > 5 ? " ..." : "")")
        var name = [CChar](repeating: 0, count: 256)
        let known = gethostname(&name, name.count - 1) == 0
        add(
            "host-name",
            known
                ? String(
                    decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                : "not shown")
        let variables = text("/proc/self/environ").split(separator: "\0")
        add("environment", variables.map { String($0.prefix { $0 != "=" }) }.sorted())
        let descriptors = ((try? directoryNames("/proc/self/fd")) ?? []).compactMap { Int($0) }
        add(
            "descriptors",
            descriptors.sorted().compactMap { number in
                // The directory that is being read is gone by now.
                (try? linkTarget("/proc/self/fd/\(number)")).map { "\(number) \($0)" }
            })
    }

    mutating func addIdentities() {
        add("user-ids", status("Uid"))
        add("group-ids", status("Gid"))
        add("groups", status("Groups"))
        for (key, file) in [("user-map", "uid_map"), ("group-map", "gid_map")] {
            add(key, rows("/proc/self/\(file)").map { $0.joined(separator: " ") })
        }
    }

    mutating func addNetwork() {
        // Two lines are the heading.
        add(
            "interfaces",
            rows("/proc/self/net/dev").dropFirst(2).compactMap { row in
                row.first.map { String($0.prefix { $0 != ":" }) }
            })
        let routes = rows("/proc/self/net/route").dropFirst().compactMap { row in
            row.count > 2 ? "\(row[0]) \(address(row[1])) by \(address(row[2]))" : nil
        }
        let routes6 = rows("/proc/self/net/ipv6_route").compactMap { row in
            row.count > 9 ? "\(row[9]) \(row[0])/\(Int(row[1], radix: 16) ?? 0)" : nil
        }
        add("routes", routes)
        add("routes-ipv6", routes6)
    }

    mutating func addFiles() {
        add("files-in-root", ((try? directoryNames("/")) ?? []).sorted())
        add(
            "mounts",
            rows("/proc/self/mountinfo").compactMap { row in
                guard let dash = row.firstIndex(of: "-"), row.count > dash + 1, dash > 5 else {
                    return nil
                }
                let options = row[5].split(separator: ",").filter { $0 != "relatime" }
                return "\(row[4]) \(row[dash + 1]) \(options.joined(separator: ","))"
            })
        add("cgroup", rows("/proc/self/cgroup").map { $0.joined(separator: " ") })
    }

    mutating func addLimits() {
        let names = [
            "cpu-seconds", "file-size", "data", "stack", "core", "resident", "processes",
            "open-files", "locked-memory", "address-space", "locks", "signals", "message-queues",
            "nice", "realtime", "realtime-us",
        ]
        for (resource, name) in names.enumerated() {
            var limits: (soft: UInt64, hard: UInt64) = (0, 0)
            let result = withUnsafeMutablePointer(to: &limits) {
                cl_call(302, 0, resource, 0, Int(bitPattern: $0), 0)
            }
            func shown(_ value: UInt64) -> String { value == .max ? "unlimited" : "\(value)" }
            add(
                "limit-\(name)",
                result < 0 ? "not shown" : "\(shown(limits.soft)) of \(shown(limits.hard))")
        }
    }

    mutating func addWalls() {
        let modes = ["0": "none", "1": "strict", "2": "filter"]
        let mode = status("Seccomp")
        add("filter", modes[mode] ?? mode)
        add("filters", status("Seccomp_filters"))
        add("no-new-privileges", status("NoNewPrivs"))
        for (key, field) in [
            ("effective", "Eff"), ("permitted", "Prm"), ("inheritable", "Inh"),
            ("bounding", "Bnd"), ("ambient", "Amb"),
        ] {
            add("capabilities-\(key)", status("Cap\(field)"))
        }
    }

    private func text(_ path: String) -> String { (try? readControl(path)) ?? "" }

    private func rows(_ path: String) -> [[String]] {
        text(path).split(separator: "\n").map { line in
            line.split { $0 == " " || $0 == "\t" }.map(String.init)
        }
    }

    /// A line of /proc/self/status.
    private func status(_ name: String) -> String {
        let row = rows("/proc/self/status").first { $0.first == "\(name):" }
        return row.map { $0.dropFirst().joined(separator: " ") } ?? "not shown"
    }

    private func digits(_ text: String) -> String { text.filter(\.isNumber) }

    /// An address as /proc writes it: the bytes of IPv4 in the order of the machine.
    private func address(_ hexadecimal: String) -> String {
        guard let number = UInt32(hexadecimal, radix: 16) else { return hexadecimal }
        return (0..<4).map { String((number >> (8 * $0)) & 0xff) }.joined(separator: ".")
    }
}
