import Glibc

/// What an archive may be, all of it decided before anything is unpacked.
struct ArchiveLimits: Sendable {
    var archiveSize: Int64 = 4 << 30
    /// Files, directories and links.
    var entries = 100_000
    /// Of the list of entries at the archive's end.
    var directorySize: Int64 = 16 << 20
    /// Of all files together once unpacked; for a small archive `ratioFloor` decides.
    var unpackedSize: Int64 = 16 << 30
    /// Test data of repeated lines is legal and shrinks a thousandfold: up to `ratioFloor` nobody
    /// asks; beyond, an archive may unpack to this many times its size.
    var ratio: Int64 = 100
    var ratioFloor: Int64 = 1 << 30
    /// Bytes of one name with its directories, and how many directories.
    var nameLength = 1_024
    var depth = PackageDirectory.depthLimit
}

/// The record at the end of a ZIP file that says how many entries it lists and where. Read here,
/// before the ZIP library sees the file, because that one reads the whole list at once.
enum ArchiveEnd {
    private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let signature64: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
    private static let locator64: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
    private static let recordSize = 22
    private static let commentLimit = 0xFFFF

    /// - Throws: when the file is no ZIP file, or states more than `limits` allow.
    static func check(
        _ fd: Int32, size: Int64, limits: ArchiveLimits, shown: String
    ) throws(ProblemsError) {
        guard size <= limits.archiveSize else {
            throw ProblemsError("has more than \(limits.archiveSize) bytes", file: shown)
        }
        // The locator of the large record is the 20 bytes before the record.
        let start = max(0, size - Int64(recordSize + commentLimit + 20))
        let tail = try read(fd, from: start, count: Int(size - start), shown: shown)
        guard let place = record(in: tail) else {
            throw ProblemsError("is not a whole ZIP archive", file: shown)
        }
        guard number(tail, place + 4, 4) == 0 else {
            throw ProblemsError("is one of several parts of an archive", file: shown)
        }
        var entries = number(tail, place + 10, 2)
        var directorySize = number(tail, place + 12, 4)
        if entries == 0xFFFF || directorySize == 0xFFFF_FFFF, place >= 20,
            tail[(place - 20)..<(place - 16)].elementsEqual(locator64)
        {
            let offset = number(tail, place - 12, 8)
            guard offset <= UInt64(size) else {
                throw ProblemsError("is not a whole ZIP archive", file: shown)
            }
            let large = try read(fd, from: Int64(offset), count: 56, shown: shown)
            guard large.count == 56, large.starts(with: signature64) else {
                throw ProblemsError("is not a whole ZIP archive", file: shown)
            }
            entries = number(large, 32, 8)
            directorySize = number(large, 40, 8)
        }
        guard entries <= limits.entries else {
            throw ProblemsError(
                "lists \(entries) entries; at most \(limits.entries) are read", file: shown)
        }
        guard directorySize <= limits.directorySize else {
            throw ProblemsError(
                "has a list of entries of \(directorySize) bytes; at most "
                    + "\(limits.directorySize) are read", file: shown)
        }
    }

    /// Where the record begins: the last place whose comment ends where the file ends.
    private static func record(in tail: [UInt8]) -> Int? {
        var place = tail.count - recordSize
        while place >= 0 {
            if tail[place..<(place + 4)].elementsEqual(signature),
                place + recordSize + Int(number(tail, place + 20, 2)) == tail.count
            {
                return place
            }
            place -= 1
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> UInt64 {
        bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func read(
        _ fd: Int32, from offset: Int64, count: Int, shown: String
    ) throws(ProblemsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    fd, buffer.baseAddress?.advanced(by: done), count - done,
                    Int(offset) + done)
            }
            guard got >= 0 else { throw readFailure("read", shown, errno) }
            guard got > 0 else { break }
            done += got
        }
        return Array(bytes[..<done])
    }
}
