import Glibc
import Linux
import SandboxProtocol
import Units

/// What the machine says of the time that others took from runs, in files that stay open.
///
/// A file that is not there, or cannot be read, leaves its fact out: nothing of it is a limit.
final class Surroundings {
    /// What all processors of a large machine have in `/proc/stat`; what follows is not needed.
    private static let most = 64 << 10

    private let statistics: SharedDescriptor?
    private let pressure: SharedDescriptor?
    /// Begin of the line of a bound run's processor, or of that of all.
    private let line: [UInt8]
    private let ticksPerSecond = Int64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    /// Of whose time the line is the sum.
    private let processors: Int64

    /// - Parameter cpu: the processor that runs are bound to.
    init(cpu: Int32?) {
        statistics = Self.open("/proc/stat")
        pressure = Self.open("/proc/pressure/cpu")
        line = Array((cpu.map { "cpu\($0) " } ?? "cpu ").utf8)
        processors = cpu == nil ? Int64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : 1
    }

    private static func open(_ path: String) -> SharedDescriptor? {
        try? SharedDescriptor(Descriptor.open(path, O_RDONLY))
    }

    /// The accounts at one moment, in nanoseconds.
    struct Reading {
        var stolen: Int64?
        /// Of the run's group; nil where groups have none.
        var group: CpuPressure?
        var machine: CpuPressure?

        /// Adds what has passed since another reading to the report of the run between.
        func tell(since before: Reading, in report: inout RunReport) {
            if let stolen, let earlier = before.stolen {
                report.stolenTime = .microseconds(max(0, stolen - earlier) / 1_000)
            }
            if let group, let earlier = before.group {
                report.cpuPressure = .microseconds(max(0, group.some - earlier.some) / 1_000)
                if let full = group.full, let earlier = earlier.full {
                    report.waitingTime = .microseconds(max(0, full - earlier) / 1_000)
                }
            } else if let machine, let earlier = before.machine {
                // Of whom it was that waited the machine's account says nothing.
                report.cpuPressure = .microseconds(max(0, machine.some - earlier.some) / 1_000)
            }
        }
    }

    func reading(_ group: any RunCgroup) -> Reading {
        var reading = Reading(stolen: stolen(), group: group.pressure())
        if reading.group == nil, let file = pressure?.number {
            reading.machine = (try? readShortControl(file, "/proc/pressure/cpu"))
                .flatMap { CpuPressure($0) }
        }
        return reading
    }

    /// The eighth number of the line: time in which a hypervisor ran something else.
    private func stolen() -> Int64? {
        guard let file = statistics?.number else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: Self.most, alignment: 1) { buffer in
            let count = pread(file, buffer.baseAddress, Self.most, 0)
            guard count > 0 else { return nil }
            return ticks(in: buffer.prefix(count)).map {
                $0 * (1_000_000_000 / ticksPerSecond) / processors
            }
        }
    }

    private func ticks(in text: Slice<UnsafeMutableRawBufferPointer>) -> Int64? {
        var rest = text
        // The line of processor n is at most the n + 2nd.
        while !rest.isEmpty {
            let row = rest.prefix { $0 != UInt8(ascii: "\n") }
            if row.starts(with: line) {
                let numbers = row.dropFirst(line.count).split(separator: UInt8(ascii: " "))
                guard numbers.count >= 8 else { return nil }
                return Int64(String(decoding: numbers[7], as: UTF8.self))
            }
            rest = rest.dropFirst(row.count + 1)
        }
        return nil
    }
}
