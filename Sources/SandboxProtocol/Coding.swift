import Units

extension HelperRequest {
    package func encoded() -> [UInt8] {
        var wire = WireWriter()
        switch self {
        case .setUp(let setup):
            wire.write(UInt8(1))
            wire.write(protocolVersion)
            wire.write(setup.standing.rawValue)
            wire.write(setup.identity)
            wire.write(setup.cpu)
            wire.write(setup.cgroup.rawValue)
            wire.write(setup.readOnly)
            wire.write(setup.writable)
            wire.write(setup.joinsLan)
        case .resetBox(let size):
            wire.write(UInt8(2))
            wire.write(size.bytes)
        case .put(let name, let executable):
            wire.write(UInt8(3))
            wire.write(name)
            wire.write(executable)
        case .run(let request):
            wire.write(UInt8(4))
            request.encode(to: &wire)
        case .take(let name):
            wire.write(UInt8(5))
            wire.write(name)
        case .cancel:
            wire.write(UInt8(6))
        case .resetFolder(let name, let size, let writable):
            wire.write(UInt8(10))
            wire.write(name)
            wire.write(size.bytes)
            wire.write(writable)
        case .measureFolder(let name):
            wire.write(UInt8(11))
            wire.write(name)
        case .drop(let name):
            wire.write(UInt8(12))
            wire.write(name)
        case .mapped:
            wire.write(UInt8(7))
        case .setUpLan(let setup):
            wire.write(UInt8(30))
            setup.encode(to: &wire)
        case .makeLan(let nodes):
            wire.write(UInt8(31))
            wire.write(UInt8(clamping: nodes))
        case .dropLan:
            wire.write(UInt8(32))
        }
        return wire.bytes
    }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        var wire = WireReader(bytes)
        switch try wire.read(UInt8.self) {
        case 1: self = .setUp(try HelperSetup(from: &wire))
        case 2: self = .resetBox(size: try wire.readSize())
        case 3: self = .put(name: try wire.read(String.self), executable: try wire.read(Bool.self))
        case 4: self = .run(try RunRequest(from: &wire))
        case 5: self = .take(name: try wire.read(String.self))
        case 6: self = .cancel
        case 10:
            self = .resetFolder(
                name: try wire.read(String.self), size: try wire.readSize(),
                writable: try wire.read(Bool.self))
        case 11: self = .measureFolder(name: try wire.read(String.self))
        case 12: self = .drop(name: try wire.read(String.self))
        case 7: self = .mapped
        case 30: self = .setUpLan(try LanSetup(from: &wire))
        case 31: self = .makeLan(nodes: try wire.readNodes())
        case 32: self = .dropLan
        case let kind: throw WireError("an unknown request \(kind)")
        }
        try wire.finish()
    }
}

extension HelperSetup {
    fileprivate init(from wire: inout WireReader) throws(WireError) {
        try wire.readVersion()
        guard let standing = Standing(rawValue: try wire.read(UInt8.self)) else {
            throw WireError("an unknown standing")
        }
        self.standing = standing
        identity = try wire.read(UInt32.self)
        cpu = try wire.read(optional: Int32.self)
        guard let cgroup = CgroupVersion(rawValue: try wire.read(UInt8.self)) else {
            throw WireError("an unknown cgroup version")
        }
        self.cgroup = cgroup
        readOnly = try wire.read([String].self)
        writable = try wire.read([String].self)
        joinsLan = try wire.read(Bool.self)
        guard readOnly.count.isMultiple(of: 2), writable.count.isMultiple(of: 2) else {
            throw WireError("a mount without its place inside")
        }
    }
}

extension RunRequest {
    fileprivate func encode(to wire: inout WireWriter) {
        wire.write(arguments)
        wire.write(environment)
        wire.write(workingDirectory)
        wire.write(hostname)
        wire.write(boxWritable)
        wire.write(network.rawValue)
        wire.write(UInt8(clamping: channels))
        wire.write(extraSyscalls.map(\.rawValue).sorted())
        wire.write(memoryWords)
        wire.write(hasSpareProcessor)
        limits.encode(to: &wire)
    }

    fileprivate init(from wire: inout WireReader) throws(WireError) {
        let arguments = try wire.read([String].self)
        guard !arguments.isEmpty else { throw WireError("a run without a program") }
        let environment = try wire.read([String].self)
        let directory = try wire.read(String.self)
        let hostname = try wire.read(String.self)
        let boxWritable = try wire.read(Bool.self)
        guard let network = Network(rawValue: try wire.read(UInt8.self)) else {
            throw WireError("an unknown kind of network")
        }
        let channels = Int(try wire.read(UInt8.self))
        guard channels <= Self.mostChannels else { throw WireError("a run of too many channels") }
        var extraSyscalls: Set<ExtraSyscalls> = []
        for name in try wire.read([String].self) {
            guard let extra = ExtraSyscalls(rawValue: name) else {
                throw WireError("an unknown class of system calls \(name)")
            }
            extraSyscalls.insert(extra)
        }
        let memoryWords = try wire.read([String].self)
        guard memoryWords.count <= Self.mostMemoryWords, memoryWords.allSatisfy({ !$0.isEmpty })
        else { throw WireError("too many words of memory, or an empty one") }
        let hasSpareProcessor = try wire.read(Bool.self)
        self.init(
            arguments: arguments, environment: environment, workingDirectory: directory,
            hostname: hostname, boxWritable: boxWritable, network: network,
            channels: channels, extraSyscalls: extraSyscalls, memoryWords: memoryWords,
            hasSpareProcessor: hasSpareProcessor, limits: try RunLimits(from: &wire))
    }
}

extension RunLimits {
    fileprivate func encode(to wire: inout WireWriter) {
        for duration in [cpuTime, wallTime] { wire.write(duration.wholeMicroseconds) }
        for count in [processes, openFiles] { wire.write(Int32(clamping: count)) }
        for size in [memory, fileSize, stack, tmpSize, output] { wire.write(size.bytes) }
    }

    fileprivate init(from wire: inout WireReader) throws(WireError) {
        let times = (try wire.read(Int64.self), try wire.read(Int64.self))
        let counts = (try wire.read(Int32.self), try wire.read(Int32.self))
        // Whoever adds two of them or counts them in nanoseconds must not overflow.
        guard (1...longest).contains(times.0), (1...longest).contains(times.1) else {
            throw WireError("a time limit is below a microsecond or above 30 days")
        }
        guard counts.0 > 0, counts.1 > 2 else { throw WireError("a limit is zero or negative") }
        self.init(
            cpuTime: .microseconds(times.0), wallTime: .microseconds(times.1),
            memory: try wire.readSize(), processes: Int(counts.0), openFiles: Int(counts.1),
            fileSize: try wire.readSize(), stack: try wire.readSize(),
            tmpSize: try wire.readSize(), output: try wire.readSize())
    }
}

/// Microseconds.
private let longest: Int64 = 30 * 24 * 3600 * 1_000_000
private let largest: Int64 = 1 << 56

extension WireReader {
    fileprivate mutating func readSize() throws(WireError) -> ByteCount {
        let bytes = try readCount()
        guard bytes > 0 else { throw WireError("a limit is zero or negative") }
        return ByteCount(bytes)
    }

    fileprivate mutating func readCount() throws(WireError) -> Int64 {
        let count = try read(Int64.self)
        guard (0...largest).contains(count) else { throw WireError("a count is out of range") }
        return count
    }

    fileprivate mutating func readOptionalCount() throws(WireError) -> Int? {
        guard let count = try read(optional: Int64.self) else { return nil }
        guard (0...largest).contains(count) else { throw WireError("a count is out of range") }
        return Int(count)
    }

    fileprivate mutating func readDuration() throws(WireError) -> Duration {
        .microseconds(try readCount())
    }

    fileprivate mutating func readTime() throws(WireError) -> Duration? {
        try readOptionalCount().map { .microseconds($0) }
    }

    /// A number of the kernel's that `range` has.
    fileprivate mutating func read(
        optionalIn range: ClosedRange<Int32>
    ) throws(WireError) -> Int32? {
        let number = try read(optional: Int32.self)
        guard number.map(range.contains) ?? true else { throw WireError("a number out of range") }
        return number
    }
}

extension HelperReply {
    package func encoded() -> [UInt8] {
        var wire = WireWriter()
        switch self {
        case .done:
            wire.write(UInt8(1))
        case .failed(let text):
            wire.write(UInt8(2))
            wire.write(text)
        case .report(let report):
            wire.write(UInt8(3))
            report.encode(to: &wire)
        case .file:
            wire.write(UInt8(4))
        case .noFile:
            wire.write(UInt8(5))
        case .size(let size):
            wire.write(UInt8(10))
            wire.write(size.bytes)
        case .retired(let text):
            wire.write(UInt8(6))
            wire.write(text)
        case .awaitsMap:
            wire.write(UInt8(7))
        case .namespaces:
            wire.write(UInt8(30))
        }
        return wire.bytes
    }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        var wire = WireReader(bytes)
        switch try wire.read(UInt8.self) {
        case 1: self = .done
        case 2: self = .failed(try wire.read(String.self))
        case 3: self = .report(try RunReport(from: &wire))
        case 4: self = .file
        case 5: self = .noFile
        case 10: self = .size(ByteCount(try wire.readCount()))
        case 6: self = .retired(try wire.read(String.self))
        case 7: self = .awaitsMap
        case 30: self = .namespaces
        case let kind: throw WireError("an unknown reply \(kind)")
        }
        try wire.finish()
    }
}

extension RunReport {
    fileprivate func encode(to wire: inout WireWriter) {
        wire.write(outcome.rawValue)
        wire.write(exitCode)
        wire.write(signal)
        for duration in [cpuTime, userTime, systemTime, wallTime, setupTime] {
            wire.write(duration.wholeMicroseconds)
        }
        for size in [memoryPeak, stdoutBytes, stderrBytes] { wire.write(size.bytes) }
        wire.write(Int64(oomKills))
        wire.write(processesPeak.map(Int64.init))
        wire.write(Int64(processLimitHits))
        for count in [voluntarySwitches, involuntarySwitches, minorFaults, majorFaults] {
            wire.write(count.map(Int64.init))
        }
        for time in [stolenTime, cpuPressure, waitingTime, startedAt, endedAt] {
            wire.write(time.map(\.wholeMicroseconds))
        }
        wire.write(execErrno)
        wire.write(memoryComplaint)
        wire.write(filteredCall)
        wire.write(reason)
    }

    fileprivate init(from wire: inout WireReader) throws(WireError) {
        guard let outcome = RunOutcome(rawValue: try wire.read(String.self)) else {
            throw WireError("an unknown outcome")
        }
        self.init(outcome: outcome)
        exitCode = try wire.read(optionalIn: 0...255)
        signal = try wire.read(optionalIn: 1...64)
        cpuTime = try wire.readDuration()
        userTime = try wire.readDuration()
        systemTime = try wire.readDuration()
        wallTime = try wire.readDuration()
        setupTime = try wire.readDuration()
        memoryPeak = ByteCount(try wire.readCount())
        stdoutBytes = ByteCount(try wire.readCount())
        stderrBytes = ByteCount(try wire.readCount())
        oomKills = Int(try wire.readCount())
        processesPeak = try wire.read(optional: Int64.self).map { Int(clamping: $0) }
        processLimitHits = Int(try wire.readCount())
        voluntarySwitches = try wire.readOptionalCount()
        involuntarySwitches = try wire.readOptionalCount()
        minorFaults = try wire.readOptionalCount()
        majorFaults = try wire.readOptionalCount()
        stolenTime = try wire.readTime()
        cpuPressure = try wire.readTime()
        waitingTime = try wire.readTime()
        startedAt = try wire.readTime()
        endedAt = try wire.readTime()
        execErrno = try wire.read(optionalIn: 1...4095)
        memoryComplaint = try wire.read(optional: String.self)
        filteredCall = try wire.read(optional: String.self)
        reason = try wire.read(optional: String.self)
    }
}
