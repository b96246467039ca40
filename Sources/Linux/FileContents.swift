import CLinux
import Glibc

/// Writes all of `bytes` at the descriptor's position.
package func writeAll(
    _ bytes: UnsafeRawBufferPointer, to fd: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) {
    var written = 0
    while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
        let result = retrying {
            let count = write(fd, rest.baseAddress, rest.count)
            return count < 0 ? -Int(errno) : count
        }
        written += try check(result, "write", subject())
    }
}

/// Writes all of `bytes` at the descriptor's position.
package func writeAll(
    _ bytes: [UInt8], to fd: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) {
    var failure: KernelError?
    bytes.withUnsafeBytes { buffer in
        do throws(KernelError) {
            try writeAll(buffer, to: fd, subject())
        } catch {
            failure = error
        }
    }
    if let failure { throw failure }
}

/// Writes `text` in one call, as the kernel's control files want it.
package func writeControl(
    _ text: String, to name: String, at directory: Int32 = AT_FDCWD
) throws(KernelError) {
    let file = try Descriptor.open(name, O_WRONLY, at: directory)
    try writeAll(Array(text.utf8), to: file.number, "\"\(text)\" to \(name)")
}

/// Reads at most `limit` bytes from the start of an open file, without moving its position.
package func readAll(
    _ fd: Int32, atMost limit: Int, _ subject: @autoclosure () -> String
) throws(KernelError) -> [UInt8] {
    var failure: KernelError?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        while count < limit {
            let result = retrying {
                let read = pread(
                    fd, buffer.baseAddress?.advanced(by: count), limit - count, off_t(count))
                return read < 0 ? -Int(errno) : read
            }
            guard result > 0 else {
                if result < 0 { failure = KernelError("read", subject(), errno: Int32(-result)) }
                return
            }
            count += result
        }
    }
    if let failure { throw failure }
    return bytes
}

/// Reads a control file of the kernel: at most 64 KiB of text without its last line end.
package func readControl(
    _ name: String, at directory: Int32 = AT_FDCWD
) throws(KernelError) -> String {
    let file = try Descriptor.open(name, O_RDONLY, at: directory)
    return try readControl(file.number, name)
}

/// Reads an open control file of the kernel from its start.
package func readControl(
    _ fd: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) -> String {
    var bytes = try readAll(fd, atMost: 65_536, subject())
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
}

/// Reads an open control file that is short, with one read: less than 4 KiB of text without its last
/// line end.
package func readShortControl(
    _ fd: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) -> String {
    let limit = 4096
    var result = 0
    let text = withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
        result = retrying {
            let count = pread(fd, buffer.baseAddress, limit, 0)
            return count < 0 ? -Int(errno) : count
        }
        var bytes = buffer.prefix(max(0, result))
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
    guard try check(result, "read", subject()) < limit else {
        throw KernelError("read", subject(), errno: EFBIG)
    }
    return text
}

/// The names in a directory, without `.` and `..`, in the kernel's order.
package func directoryNames(_ path: String) throws(KernelError) -> [String] {
    guard let directory = opendir(path) else { throw KernelError("open", path, errno: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix(while: { $0 != 0 }), as: UTF8.self)
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}

/// What `fstat` says that a reader of untrusted files must know.
package struct FileFacts: Sendable {
    package let isRegular: Bool
    package let isDirectory: Bool
    package let isSocket: Bool
    /// A pipe or a terminal or another device of characters.
    package let isStream: Bool
    package let links: Int
    package let size: Int64
    /// As the caller's user namespace counts; 65534 for one that it does not map.
    package let owner: UInt32
}

/// What a symbolic link says, of which at most 4 KiB are read.
package func linkTarget(_ path: String) throws(KernelError) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    try check(count < 0 ? -Int(errno) : count, "read link", path)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Whether this is a pipe that no directory has a name of.
package func isAnonymousPipe(_ fd: Int32) throws(KernelError) -> Bool {
    try linkTarget("/proc/self/fd/\(fd)").hasPrefix("pipe:[")
}

/// Asks the kernel about an open file.
package func fileFacts(
    _ fd: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) -> FileFacts {
    var information = stat()
    try check(fstat(fd, &information) < 0 ? -Int(errno) : 0, "stat", subject())
    let kind = information.st_mode & S_IFMT
    return FileFacts(
        isRegular: kind == S_IFREG, isDirectory: kind == S_IFDIR,
        isSocket: kind == S_IFSOCK, isStream: kind == S_IFIFO || kind == S_IFCHR,
        links: Int(information.st_nlink), size: Int64(information.st_size),
        owner: information.st_uid)
}
