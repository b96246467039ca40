import CLinux
import Glibc
import Linux

// What a run may use, and what it leaves. The limits are given with the run; a probe that is still
// there to tell has passed its limit.
extension Probes {
    /// Leaves what the next run must not find. Says nothing about the sandbox by itself.
    @Sendable static func leave(_ planted: PlantedThings) -> ProbeAnswer {
        let name = planted["left"]
        for directory in ["/tmp", "/dev/shm"] {
            _ = tryOpen("\(directory)/\(name)", O_WRONLY | O_CREAT)
        }
        _ = shmget(sharedMemoryKey(name), 4096, 0o600 | 0x200)
        var ends: [Int32] = [-1, -1]
        _ = cl_pipe(&ends)
        guard fork() == 0 else {
            // Nothing is left before the one who stays says so.
            _ = cl_close(ends[1])
            var byte: UInt8 = 0
            _ = read(ends[0], &byte, 1)
            return .held("a file, shared memory and a process are left")
        }
        setsid()
        _ = cl_close_range(0, 2)
        let listener = cl_listen_name(name, name.utf8.count)
        _ = cl_write(ends[1], "x", 1)
        // Ends when it is found, or by itself.
        var descriptors = pollfd(fd: Int32(listener), events: Int16(POLLIN), revents: 0)
        _ = cl_poll(&descriptors, 1, 30_000_000_000)
        exit(0)
    }

    @Sendable static func leftovers(_ planted: PlantedThings) -> ProbeAnswer {
        let name = planted["left"]
        var found: [String] = []
        for path in ["/tmp/\(name)", "/dev/shm/\(name)"] where unlink(path) == 0 {
            found.append(path)
        }
        let segment = shmget(sharedMemoryKey(name), 0, 0)
        if segment >= 0 {
            shmctl(segment, 0, nil)
            found.append("shared memory")
        }
        let process = cl_connect_name(name, name.utf8.count)
        if process >= 0 { found.append("a process") }
        return found.isEmpty
            ? .held("nothing is left of the run before")
            : .through("of the run before there is left: \(found.joined(separator: ", "))")
    }

    private static func sharedMemoryKey(_ name: String) -> key_t {
        // 0 would be a private one.
        key_t(truncatingIfNeeded: name.utf8.reduce(5381) { $0 &* 33 &+ UInt32($1) } | 1)
    }

    /// Starts `count` processes that stay until this one goes.
    @Sendable static func processes(_ planted: PlantedThings) -> ProbeAnswer {
        let wanted = planted.number("count") ?? 24
        var ends: [Int32] = [-1, -1]
        _ = cl_pipe(&ends)
        for number in 0..<wanted {
            let pid = fork()
            if pid == 0 {
                _ = cl_close(ends[1])
                var byte: UInt8 = 0
                _ = read(ends[0], &byte, 1)
                cl_exit(0)
            }
            if pid < 0 { return .held("after \(number): \(errorText(errno))") }
        }
        return .through("\(wanted) processes can be started")
    }

    @Sendable static func memory(_ planted: PlantedThings) -> ProbeAnswer {
        let size = (planted.number("bytes") ?? 64 << 20)
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { return .held(errorText(errno)) }
        for offset in stride(from: 0, to: size, by: 4096) {
            memory.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self)
        }
        return .through("\(size) bytes of memory can be used")
    }

    @Sendable static func cpuTime(_ planted: PlantedThings) -> ProbeAnswer {
        let limit = Int64(planted.number("milliseconds") ?? 5_000) * 1_000_000
        while ownCpuTime() < limit {}
        return .through("\(limit / 1_000_000) ms of CPU time can be used")
    }

    @Sendable static func wallTime(_ planted: PlantedThings) -> ProbeAnswer {
        let limit = Int64(planted.number("milliseconds") ?? 5_000)
        _ = cl_poll(nil, 0, limit * 1_000_000)
        return .through("\(limit) ms can be slept")
    }

    @Sendable static func output(_ planted: PlantedThings) -> ProbeAnswer {
        let wanted = planted.number("bytes") ?? 1 << 20
        let line = [UInt8](repeating: UInt8(ascii: "."), count: 4095) + [10]
        for _ in 0..<(wanted / line.count) {
            do throws(KernelError) {
                try writeAll(line, to: 1, "standard output")
            } catch { return .held("\(error)") }
        }
        return .through("\(wanted) bytes can be written")
    }
}
