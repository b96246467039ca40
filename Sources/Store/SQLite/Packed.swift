import CZlib
import GRDB

/// Bytes as zlib packs them (RFC 1950), whose checksum finds what a disk has spoilt.
enum Packed {
    /// Far more than is ever packed, so that a row of somebody else's cannot ask for all memory.
    static let sizeAtMost = 64 << 20

    static func pack(_ bytes: [UInt8]) throws -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(
            &packed, &length, bytes, uLong(bytes.count), Z_DEFAULT_COMPRESSION)
        guard status == Z_OK else {
            throw DatabaseError(
                resultCode: .SQLITE_NOMEM, message: "zlib cannot pack an output (\(status))")
        }
        return Array(packed.prefix(Int(length)))
    }

    /// - Parameter size: of what was packed.
    static func unpack(_ packed: [UInt8], size: Int) throws -> [UInt8] {
        guard (0...sizeAtMost).contains(size) else { throw damaged("says it has \(size) bytes") }
        // A buffer of no bytes has no address.
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var length = uLong(size)
        let status = uncompress(&bytes, &length, packed, uLong(packed.count))
        guard status == Z_OK, length == uLong(size) else {
            throw damaged("does not unpack to its \(size) bytes")
        }
        bytes.removeLast()
        return bytes
    }

    private static func damaged(_ how: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a kept output \(how)")
    }
}
