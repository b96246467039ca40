import Glibc
import Linux

/// The host's mount points: an overlay shows one file system, so what is mounted below a directory
/// that is shown needs an overlay of its own.
struct HostMounts {
    private let places: [String]

    /// Reads those of the calling process, parents before children.
    static func read() throws(KernelError) -> HostMounts {
        let name = "/proc/self/mountinfo"
        let file = try Descriptor.open(name, O_RDONLY)
        let limit = 16 << 20
        let bytes = try readAll(file.number, atMost: limit, name)
        guard bytes.count < limit else { throw KernelError("read", name, errno: EFBIG) }
        return HostMounts(mountinfo: String(decoding: bytes, as: UTF8.self))
    }

    /// - Parameter mountinfo: as in proc_pid_mountinfo(5); the fifth word is the mount point.
    init(mountinfo: String) {
        let places = mountinfo.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ", maxSplits: 5)
            return words.count > 4 ? Self.unescaped(words[4]) : nil
        }
        self.places = Set(places).sorted()
    }

    /// Mount points strictly below `path`, as paths relative to it.
    func below(_ path: String) -> [String] {
        places.filter { $0.hasPrefix(path + "/") }.map { String($0.dropFirst(path.count + 1)) }
    }

    /// Space, tab, line end and backslash are written as three octal digits.
    private static func unescaped(_ word: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = word.utf8[...]
        while let first = rest.popFirst() {
            let digits = rest.prefix(3)
            if first == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(first)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
