import Glibc

/// How files looked at one time, for telling later whether somebody has written to them or put others in
/// their place. Looking again takes a system call for each.
package struct FileMarks: Sendable {
    private struct Mark: Sendable, Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        /// Of the contents and of the inode, which nobody can set back.
        var times: [Int]
    }

    private let marks: [String: Mark?]

    /// - Parameter paths: links are followed; a file may be missing.
    package init(_ paths: [String] = []) {
        marks = Dictionary(paths.map { ($0, Self.mark($0)) }) { first, _ in first }
    }

    /// The paths of those that are others now, in order.
    package var changed: [String] {
        marks.filter { Self.mark($0.key) != $0.value }.keys.sorted()
    }

    /// Nanoseconds of the clock by which file systems say when a file was changed.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Whether all of them were last changed before that; a missing file was.
    func areBefore(_ time: Int) -> Bool {
        marks.values.allSatisfy { mark in
            mark.map { $0.times[2] * 1_000_000_000 + $0.times[3] < time } ?? true
        }
    }

    private static func mark(_ path: String) -> Mark? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Mark(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            times: [
                status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
                status.st_ctim.tv_nsec,
            ])
    }
}
