import CZlib
import Foundation
import JudgeCore
import Problems
import Units

/// What came of a compilation: what the compiler used and said, and the products.
struct KeptCompilation: Sendable {
    var result: CompileResult
    var files: [ProgramFile]
}

extension KeptCompilation {
    /// As a file: checksum of the rest in hexadecimal, one line of JSON, the products' bytes.
    ///
    /// - Throws: `unusable` when it cannot be encoded.
    func bytes(key: CompileKey) throws(CacheFault) -> [UInt8] {
        let header = Header(
            key: key.name, cpuTimeUs: result.cpuTime.wholeMicroseconds,
            memoryPeakBytes: result.memoryPeak.bytes, output: result.output,
            files: files.map {
                Header.File(name: $0.name, size: $0.bytes.count, executable: $0.executable)
            })
        guard let line = try? JSONEncoder().encode(header) else {
            throw .unusable("cannot write what came of a compilation as JSON")
        }
        var rest = [UInt8](line) + [Self.newline]
        for file in files { rest += file.bytes }
        return Array(Self.checksum(rest[...]).utf8) + [Self.newline] + rest
    }

    /// - Returns: nil unless the bytes are whole and of this key.
    init?(bytes: [UInt8], key: CompileKey) {
        guard bytes.count > Self.checksumSize, bytes[Self.checksumSize] == Self.newline else {
            return nil
        }
        let rest = bytes[(Self.checksumSize + 1)...]
        guard Self.checksum(rest).utf8.elementsEqual(bytes[..<Self.checksumSize]),
            let end = rest.firstIndex(of: Self.newline),
            let header = try? JSONDecoder().decode(Header.self, from: Data(rest[..<end])),
            header.key == key.name
        else { return nil }
        result = CompileResult(
            ok: true, cpuTime: .microseconds(header.cpuTimeUs),
            memoryPeak: ByteCount(header.memoryPeakBytes), output: header.output)
        files = []
        var place = end + 1
        for file in header.files {
            guard file.size >= 0, file.size <= bytes.count - place else { return nil }
            files.append(
                ProgramFile(
                    name: file.name, bytes: Array(bytes[place..<(place + file.size)]),
                    executable: file.executable))
            place += file.size
        }
        guard place == bytes.count else { return nil }
    }

    private static let newline = UInt8(ascii: "\n")
    private static let checksumSize = 8

    /// CRC-32 (RFC 1952): finds what a power cut has torn or a disk has spoilt. Against somebody who writes
    /// there no checksum helps that he can make himself.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> String {
        let sum = bytes.withUnsafeBytes { bytes in
            crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, z_size_t(bytes.count))
        }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: checksumSize - digits.utf8.count) + digits
    }

    private struct Header: Codable {
        struct File: Codable {
            var name: String
            var size: Int
            var executable: Bool
        }

        var key: String
        var cpuTimeUs: Int64
        var memoryPeakBytes: Int64
        var output: String
        var files: [File]
    }
}
