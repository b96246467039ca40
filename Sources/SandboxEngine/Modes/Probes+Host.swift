import CLinux
import Glibc
import Linux

// Things of the host that were planted where a run must not see them.
extension Probes {
    @Sendable static func hostFile(_ planted: PlantedThings) -> ProbeAnswer {
        let file = planted["file"]
        let paths = [
            file, "/proc/1/root\(file)", "/proc/1/cwd\(file)", "/../..\(file)", "/etc/shadow",
            "/etc/hostname", "/etc/machine-id", "/etc/resolv.conf", "/etc/judge/judge.conf",
        ]
        return .all(
            paths.map {
                .call(tryOpen($0, O_RDONLY), "reading \($0)", heldBy: [ENOENT, EACCES, EPERM])
            })
    }

    @Sendable static func hostProcess(_ planted: PlantedThings) -> ProbeAnswer {
        guard let pid = planted.number("pid") else { return .through("no process was planted") }
        // In a container the worker's number is small and may be one of this run's own, too. If the
        // host's processes are there, so is the worker's child that started this run, right behind it.
        let own = [1, Int(getppid()), Int(getpid())]
        let sought = own.contains(pid) ? Array(1...pid + 64) : [pid]
        for pid in sought where !own.contains(pid) {
            let result = kill(Int32(pid), 0) < 0 ? -Int(errno) : 0
            if result != -Int(ESRCH) { return .through("a signal finds process \(pid)") }
            if access("/proc/\(pid)", F_OK) == 0 { return .through("/proc shows process \(pid)") }
        }
        let seen = ((try? directoryNames("/proc")) ?? []).filter { $0.allSatisfy(\.isNumber) }
        // Init, the mode, this probe.
        guard seen.count <= 3 else { return .through("/proc shows \(seen.count) processes") }
        return .held("\(seen.count) processes, all of this run")
    }

    @Sendable static func hostListener(_ planted: PlantedThings) -> ProbeAnswer {
        guard let port = planted.number("port") else { return .through("nobody was planted") }
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return .held("no socket: \(errorText(errno))") }
        defer { close(socket) }
        let result = connect(socket, toLoopback: UInt16(truncatingIfNeeded: port))
        return .call(
            result, "a connection to the host's port \(port)",
            heldBy: [ECONNREFUSED, ENETUNREACH, EACCES, EPERM])
    }

    @Sendable static func hostSocket(_ planted: PlantedThings) -> ProbeAnswer {
        let name = planted["socket"]
        let result = cl_connect_name(name, name.utf8.count)
        if result >= 0 { _ = cl_close(Int32(result)) }
        return .call(
            result, "a connection to the host's socket @\(name)",
            heldBy: [ECONNREFUSED, EACCES, EPERM])
    }

    @Sendable static func hostLock(_ planted: PlantedThings) -> ProbeAnswer {
        // The worker shares a lock on a file that runs see as well.
        let file = cl_openat(AT_FDCWD, planted["shared"], O_RDONLY | O_CLOEXEC, 0)
        if file >= 0, flock(Int32(file), LOCK_EX | LOCK_NB) < 0, errno == EWOULDBLOCK {
            return .through("a lock of the host on \(planted["shared"]) is felt")
        }
        guard let locks = try? readControl("/proc/locks") else {
            return .held("locks are not shown")
        }
        let seen = locks.split(separator: "\n").contains { line in
            line.split(separator: " ").contains { $0.hasSuffix(":\(planted["inode"])") }
        }
        return seen ? .through("/proc/locks shows a lock of the host") : .held("no lock is shown")
    }

    @Sendable static func environment(_ planted: PlantedThings) -> ProbeAnswer {
        let name = planted["variable"]
        if getenv(name) != nil { return .through("\(name) is in the environment") }
        for pid in ["1", "self"] {
            let text = (try? readControl("/proc/\(pid)/environ")) ?? ""
            if text.split(separator: "\0").contains(where: { $0.hasPrefix("\(name)=") }) {
                return .through("\(name) is in /proc/\(pid)/environ")
            }
        }
        return .held("there is no \(name)")
    }

    @Sendable static func descriptors(_: PlantedThings) -> ProbeAnswer {
        for fd: Int32 in 3..<4096 where cl_fcntl(fd, F_GETFD, 0) >= 0 {
            return .through("descriptor \(fd) is open")
        }
        return .held("three are open")
    }

    @Sendable static func writeOutside(_ planted: PlantedThings) -> ProbeAnswer {
        let directories = [
            planted["directory"], "", "/usr", "/usr/bin", "/usr/lib", "/etc", "/dev", "/box",
            "/proc", "/proc/sys/kernel", "/space", "/var", "/sys/fs/cgroup",
        ]
        for directory in directories {
            let path = "\(directory)/judge-probe"
            let result = tryOpen(path, O_WRONLY | O_CREAT | O_EXCL)
            if result >= 0 {
                unlink(path)
                return .through("a file can be made in \(directory)/")
            }
        }
        let files = ["/usr/bin/env", "/etc/passwd", "/proc/sys/kernel/core_pattern", "/dev/kmsg"]
        return .all(
            files.map {
                .call(
                    tryOpen($0, O_WRONLY), "writing \($0)",
                    heldBy: [ENOENT, EACCES, EPERM, EROFS, ENXIO])
            })
    }

    @Sendable static func kernelFiles(_: PlantedThings) -> ProbeAnswer {
        for path in ["/sys/kernel", "/sys/devices", "/sys/fs/cgroup", "/sys/class"]
        where access(path, F_OK) == 0 {
            return .through("\(path) is there")
        }
        return .all(
            ["/proc/kcore", "/proc/kmsg", "/proc/kpagecount", "/dev/mem", "/dev/kmsg"].map {
                .call(
                    tryOpen($0, O_RDONLY), "reading \($0)", heldBy: [ENOENT, EACCES, EPERM, ENXIO])
            })
    }

    @Sendable static func interfaces(_: PlantedThings) -> ProbeAnswer {
        guard let devices = try? readControl("/proc/self/net/dev") else {
            return .held("interfaces are not shown")
        }
        // Two lines are the heading.
        let names = devices.split(separator: "\n").dropFirst(2)
            .compactMap { $0.split { $0 == " " || $0 == ":" }.first }
        guard let other = names.first(where: { $0 != "lo" }) else {
            return .held(names.isEmpty ? "none" : "loopback alone")
        }
        return .through("interface \(other) is there")
    }

    private static func connect(_ socket: Int32, toLoopback port: UInt16) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) < 0
                    ? -Int(errno) : 0
            }
        }
    }
}
