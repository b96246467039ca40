import Foundation
import Linux
import SandboxProtocol
import Testing

/// A helper without the worker's side of the protocol: bytes and descriptors as the test wants them.
final class RawHelper {
    private let socket: Descriptor
    private let process: ChildProcess
    private let cgroup: SlotCgroup

    struct State: Equatable {
        var descriptors: Int
        /// That is its own alone, KiB; what is mapped of its program comes and goes.
        var memory: Int
    }

    var pid: Int32 { process.pid }

    /// - Parameters:
    ///   - writable: mounts for the set-up: `host`, `inside`.
    ///   - cpu: the processor of its runs.
    init(started: Bool = true, writable: [String] = [], cpu: Int? = nil) throws {
        let hierarchy = try CgroupHierarchy.find()
        cgroup = try SlotCgroup(hierarchy)
        let ends = try Descriptor.socketPair()
        socket = Descriptor(owning: ends.near)
        let far = Descriptor(owning: ends.far)
        let null = try Descriptor.open("/dev/null", O_RDWR)
        process = try ChildProcess.spawn(
            helperPath, arguments: ["judge-sandbox"],
            streams: [null.number, null.number, 2, far.number])
        guard started else { return }
        let setup = HelperSetup(
            standing: geteuid() == 0 ? .root : .oneIdentity,
            identity: geteuid() == 0 ? 60_000 : 0, cpu: cpu.map { Int32($0) },
            cgroup: hierarchy.version == .v1 ? .v1 : .v2,
            writable: writable)
        try Packets.send(
            HelperRequest.setUp(setup).encoded(), cgroup.descriptors, to: socket.number)
        #expect(try answer() == HelperReply.done.encoded())
    }

    deinit {
        shutdown(socket.number, Int32(SHUT_RDWR))
        if !process.wait(milliseconds: 10_000) { process.signal(SIGKILL) }
        try? cgroup.removeRuns()
        cgroup.remove()
    }

    /// Sends one packet with up to 60 descriptors, more than the protocol knows.
    func send(_ bytes: [UInt8], _ descriptors: [Int32]) throws {
        let length = 16 + descriptors.count * 4
        let control = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
        defer { control.deallocate() }
        // struct cmsghdr: length, level, type.
        control.storeBytes(of: length, as: Int.self)
        control.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
        control.storeBytes(of: 1, toByteOffset: 12, as: Int32.self)  // SCM_RIGHTS
        for (index, descriptor) in descriptors.enumerated() {
            control.storeBytes(
                of: descriptor, toByteOffset: 16 + index * 4, as: Int32.self
            )
        }
        var bytes = bytes
        let sent = bytes.withUnsafeMutableBytes { buffer in
            var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
            return withUnsafeMutablePointer(to: &part) { part in
                var message = msghdr()
                message.msg_iov = part
                message.msg_iovlen = 1
                if !descriptors.isEmpty {
                    message.msg_control = control.baseAddress
                    message.msg_controllen = (length + 7) / 8 * 8
                }
                return sendmsg(socket.number, &message, Int32(MSG_NOSIGNAL))
            }
        }
        #expect(sent == bytes.count)
    }

    /// The next answer, waited for no longer than a run may take; nil when the helper is gone.
    func answer() throws -> [UInt8]? {
        var interest = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
        try #require(poll(&interest, 1, 60_000) == 1, "the helper does not answer")
        guard let packet = try Packets.receive(from: socket.number) else { return nil }
        for descriptor in packet.descriptors { close(descriptor) }
        return packet.bytes
    }

    private var inner: Int {
        get throws {
            let children = try readControl("/proc/\(process.pid)/task/\(process.pid)/children")
            return try #require(children.split(separator: " ").first.flatMap { Int($0) })
        }
    }

    func state() throws -> State {
        let pid = try inner
        let status = try readControl("/proc/\(pid)/status")
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        let memory = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return State(
            descriptors: try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")
                .count,
            memory: try #require(memory))
    }

    /// Names in those directories of the helper's tree in which anything could be made.
    func tree() throws -> [String] {
        let root = "/proc/\(try inner)/root"
        return try ["", "/etc", "/dev", "/space", "/usr", "/var"].flatMap { directory in
            try FileManager.default.contentsOfDirectory(atPath: root + directory)
                .map { "\(directory)/\($0)" }
        }.sorted()
    }
}
