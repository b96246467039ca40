import Glibc
import Linux
import SandboxProtocol
import Units

/// Memory of the whole tree, swap, tmpfs, page tables and buffers of sockets and pipes included.
///
/// Set: by the cgroup. Breach: the kernel killed a process of the group for it; or the run ended badly
/// by itself and there is evidence that memory was refused to it.
struct MemoryLimit {
    let limit: ByteCount

    func isBreached(_ events: CgroupEvents) -> Bool { events.oomKills > 0 }

    /// - Parameter files: bytes in `/tmp` and `/dev/shm` at the end.
    func reason(peak: ByteCount, files: ByteCount) -> String {
        // A word on what took it, where it was no small part.
        let share = files.bytes > limit.bytes / 8 ? ", \(files) of it in /tmp and /dev/shm" : ""
        return "peak \(peak) of \(limit), killed by the memory limit" + share
    }

    /// Whether so much was in use that it explains a bad end. The cache of host files does not count:
    /// the kernel would have given it up before it refused anything.
    func isNearlyReached(peak: ByteCount, cached: Int64) -> Bool {
        peak.bytes - cached >= limit.bytes / 100 * 95
    }

    /// Whether a kill at this peak cannot have been for the limit: the kernel refuses no more at once
    /// than a few pages, which are a large part of a small limit.
    func isFar(from peak: ByteCount) -> Bool {
        limit.bytes - peak.bytes > max(1 << 20, limit.bytes / 20)
    }

    func nearReason(peak: ByteCount) -> String {
        "peak \(peak) of \(limit), and ended badly for want of more"
    }

    /// For a program that asks for more than the machine has: such a mapping the kernel refuses, and
    /// the program is ended by SIGSEGV while it is loaded.
    func imageReason(_ size: ByteCount) -> String {
        "its code and static data of \(size) could not be loaded within \(limit)"
    }

    /// Where connections have an account of their own, the kernel lets them pass its limit a little,
    /// and then lets their writers wait.
    func socketReason(_ peak: ByteCount) -> String {
        "buffers of connections held \(peak) of \(limit)"
    }
}

/// Whether a run ended in a way in which programs end that are refused memory. SIGKILL is not one: what
/// the kernel kills it counts, and what a program does to itself is its own affair.
func endedAsIfRefused(_ report: RunReport) -> Bool {
    guard let signal = report.signal else { return report.exitCode != 0 }
    return [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP].contains(signal)
}

/// What runtimes say when they are refused memory.
private let complaints = [
    "std::bad_alloc",  // C++
    "MemoryError",  // Python
    "java.lang.OutOfMemoryError", "JavaScript heap out of memory", "runtime: out of memory",  // Go
    "memory allocation of",  // Rust
    "System.OutOfMemoryException", "heap exhausted", "Out_of_memory",  // .NET, Haskell, OCaml
]

/// The complaint of a known runtime in the last words on standard error.
///
/// - Parameter words: what further runtimes say.
func memoryComplaint(in tail: [UInt8], or words: [String]) -> String? {
    let text = String(decoding: tail, as: UTF8.self)
    return (complaints + words).first { contains(text, $0) }
}

private func contains(_ text: String, _ words: String) -> Bool {
    let (text, words) = (Array(text.utf8), Array(words.utf8))
    guard text.count >= words.count else { return false }
    return (0...text.count - words.count).contains { text[$0...].starts(with: words) }
}
