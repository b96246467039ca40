import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Where hostile programs are let loose: two slots, files of the host that nobody may touch or read,
/// listeners that nobody may reach. One arena serves a whole suite.
final class Arena: Sendable {
    @TaskLocal static var current: Arena?

    let programs: AttackPrograms
    let slots: [SandboxSlot]
    let bait: Bait
    let identities: Set<UInt32>
    /// Where the results go; nil unless asked for.
    let results: AttackResults?

    static func open(recording: Bool) async throws -> Arena {
        let programs = try await AttackPrograms.load()
        let bait = try Bait()
        var slots: [SandboxSlot] = []
        do {
            for index in 0..<2 {
                slots.append(
                    try await SandboxSlot.open(
                        SlotConfiguration(index: index, helperPath: helperPath)))
            }
            return try Arena(programs, slots, bait, recording ? AttackResults() : nil)
        } catch {
            for slot in slots { await slot.close() }
            bait.remove()
            throw error
        }
    }

    private init(
        _ programs: AttackPrograms, _ slots: [SandboxSlot], _ bait: Bait, _ results: AttackResults?
    ) throws {
        self.programs = programs
        self.slots = slots
        self.bait = bait
        let helpers = HostState.processes().filter { $0.name == "judge-sandbox" }
        let own = helpers.filter { $0.parent == Int(getpid()) }.map(\.pid)
        let users = helpers.filter { own.contains($0.pid) || own.contains($0.parent) }.map(\.user)
        identities = Set(users).subtracting([geteuid(), 0])
        self.results = results
    }

    func close() async {
        for slot in slots { await slot.close() }
        bait.remove()
    }

    /// What the programs are told of the host: things that they try to reach.
    var environment: [String] { bait.variables.map { "\($0.key)=\($0.value)" }.sorted() }
}

/// Opens an arena before the tests of a suite and closes it after them.
struct ArenaTrait: SuiteTrait, TestScoping {
    let recording: Bool

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let arena = try await Arena.open(recording: recording)
        do {
            try await Arena.$current.withValue(arena) { try await function() }
        } catch {
            await arena.close()
            throw error
        }
        await arena.close()
    }
}

extension Trait where Self == ArenaTrait {
    static var arena: ArenaTrait { ArenaTrait(recording: false) }
    /// As above, and writes the results where they are asked for.
    static var recordingArena: ArenaTrait { ArenaTrait(recording: true) }
}

/// What is planted on the host for hostile programs to go for; all of it is harmless to lose.
final class Bait: Sendable {
    /// In every planted file and in the environment of this process; a run that shows it read it.
    let secret: String
    let directory: String
    /// Where programs run that have no sandbox; anybody may write there.
    let work: String
    let variables: [String: String]
    private let canaries: [String]
    private let contents: Data
    private let listeners: [Int32]

    init() throws {
        secret = "secret-" + UUID().uuidString
        directory = NSTemporaryDirectory() + "judge-arena-\(UUID().uuidString)"
        work = directory + "/work"
        let files = FileManager.default
        for place in [directory, work] {
            try files.createDirectory(atPath: place, withIntermediateDirectories: true)
        }
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
        // Without the sticky bit, in whose directories some kernels follow no link of another's.
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: work)
        let name = "judge-canary-\(getpid())-\(UUID().uuidString)"
        canaries = [directory + "/canary", "/dev/shm/" + name, "/var/tmp/" + name]
        // A page or more, so that a write to the page cache has where to go.
        contents = Data((secret + "\n").utf8 + [UInt8](repeating: UInt8(ascii: "."), count: 8192))
        let tcp = try listen(internetSocket())
        let abstract = "judge-canary-\(getpid())-\(UUID().uuidString.prefix(8))"
        let named = directory + "/socket"
        listeners = [
            tcp.descriptor, try localSocket("\0" + abstract), try localSocket(named),
        ]
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: named)
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, 255)
        variables = [
            "CANARY": directory + "/canary", "PORT": String(tcp.port), "ABSTRACT": abstract,
            "SOCKET": named, "TARGET": String(getpid()),
            "HOST": String(
                decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self),
        ]
        try plant()
        setenv("JUDGE_CANARY", secret, 1)
    }

    /// Writes every canary anew. Its mode lets anybody read and write it: what keeps a run from it
    /// must be the sandbox.
    func plant() throws {
        for path in canaries {
            try? FileManager.default.removeItem(atPath: path)
            try contents.write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        }
    }

    /// What happened to the canaries; empty when they are as they were planted, in the page cache
    /// and, where the file system lets one look past that, on the disk.
    func harm() -> [String] {
        canaries.flatMap { path -> [String] in
            var facts = stat()
            guard lstat(path, &facts) == 0 else { return ["\(path) is gone"] }
            var harm: [String] = []
            if facts.st_mode != S_IFREG | 0o666 { harm.append("\(path) has another mode") }
            if facts.st_uid != geteuid() { harm.append("\(path) has another owner") }
            if facts.st_nlink != 1 { harm.append("\(path) has another name") }
            if read(path, 0) != contents { harm.append("\(path) has other contents") }
            if let direct = read(path, pastTheCache), direct != contents {
                harm.append("\(path) has other contents on the disk")
            }
            return harm
        }
    }

    /// - Returns: nil where the file cannot be read so.
    private func read(_ path: String, _ flags: Int32) -> Data? {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        let size = 1 << 16
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
        defer { buffer.deallocate() }
        let count = Glibc.read(file, buffer.baseAddress, size)
        return count < 0 ? nil : Data(buffer[..<count])
    }

    /// Empties the directory of programs without a sandbox.
    func cleanWork() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: work) {
            try FileManager.default.removeItem(atPath: work + "/" + name)
        }
    }

    func remove() {
        unsetenv("JUDGE_CANARY")
        for listener in listeners { Glibc.close(listener) }
        for path in canaries + [directory] { try? FileManager.default.removeItem(atPath: path) }
    }
}

/// O_DIRECT, which is a macro that does not import.
#if arch(arm64)
    private let pastTheCache: Int32 = 0o200000
#else
    private let pastTheCache: Int32 = 0o40000
#endif

private func internetSocket() -> Int32 {
    Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
}

/// Listens on a free port of loopback.
private func listen(_ descriptor: Int32) throws -> (descriptor: Int32, port: UInt16) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length) | Glibc.listen(descriptor, 64)
                | getsockname(descriptor, pointer, &length)
        }
    }
    guard result == 0 else { throw AttackError("cannot listen on loopback: \(errno)") }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

/// Listens on a local socket; a name that begins with a zero is abstract.
private func localSocket(_ name: String) throws -> Int32 {
    let descriptor = Glibc.socket(
        AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(name.utf8)
    guard bytes.count < 108 else { throw AttackError("the name \(name) is too long") }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(2 + bytes.count)
    let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length) | Glibc.listen(descriptor, 64)
        }
    }
    guard result == 0 else { throw AttackError("cannot listen on \(name): \(errno)") }
    return descriptor
}
