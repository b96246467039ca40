import Foundation

/// Writes ZIP files by hand, byte by byte, so that a test can make each part say what it likes.
struct ZIPFile {
    struct Entry {
        var name: [UInt8]
        var data: [UInt8] = []
        /// What the entry says before its data, where it differs from the list.
        var localName: [UInt8]?
        var localSize: UInt32?
        var method: UInt16 = 0
        /// The name is UTF-8.
        var flags: UInt16 = 0x800
        /// As stated: `data` is what is there.
        var size: UInt32?
        var packedSize: UInt32?
        var checksum: UInt32?
        /// Type and permissions as Unix has them.
        var mode: UInt32 = 0o100644
        /// Place of an earlier entry whose header and data this one claims too.
        var sharesDataOf: Int?
    }

    var entries: [Entry] = []
    /// As the end record says; nil: as many as there are.
    var statedCount: UInt16?

    mutating func add(_ name: String, _ text: String = "", mode: UInt32 = 0o100644) {
        entries.append(Entry(name: Array(name.utf8), data: Array(text.utf8), mode: mode))
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var offsets: [Int] = []
        for entry in entries {
            if let other = entry.sharesDataOf {
                offsets.append(offsets[other])
                continue
            }
            offsets.append(file.count)
            let name = entry.localName ?? entry.name
            file += Self.number(0x0403_4B50, 4) + Self.number(20, 2)
            file += Self.common(entry, size: entry.localSize ?? entry.size, name)
            file += name + entry.data
        }
        let start = file.count
        for (entry, offset) in zip(entries, offsets) {
            file += Self.number(0x0201_4B50, 4) + Self.number(3 << 8 | 20, 2) + Self.number(20, 2)
            file += Self.common(entry, size: entry.size, entry.name)
            file += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2)
            file += Self.number(entry.mode << 16, 4) + Self.number(UInt32(offset), 4) + entry.name
        }
        let listed = file.count - start
        let count = UInt32(statedCount ?? UInt16(truncatingIfNeeded: entries.count))
        file += Self.number(0x0605_4B50, 4) + Self.number(0, 4)
        file += Self.number(count, 2) + Self.number(count, 2)
        file += Self.number(UInt32(listed), 4) + Self.number(UInt32(start), 4) + Self.number(0, 2)
        return file
    }

    /// From the flags to the lengths, the same before the data and in the list.
    private static func common(_ entry: Entry, size: UInt32?, _ name: [UInt8]) -> [UInt8] {
        let packed = entry.packedSize ?? UInt32(entry.data.count)
        return number(UInt32(entry.flags), 2) + number(UInt32(entry.method), 2)
            + number(0x5000_0000, 4) + number(entry.checksum ?? checksum(entry.data), 4)
            + number(packed, 4) + number(size ?? UInt32(entry.data.count), 4)
            + number(UInt32(name.count), 2) + number(0, 2)
    }

    static func number(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }

    /// CRC-32 of the ZIP format.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320)
            }
        }
    }
}
