import Glibc

/// An open control file of a group, short enough for one read.
final class ControlFile {
    private let name: String
    private let descriptor: Descriptor

    init(_ name: String, at directory: Int32) throws(KernelError) {
        self.name = name
        descriptor = try Descriptor.open(name, O_RDONLY, at: directory)
    }

    /// - Returns: nil where the kernel has no such file.
    static func ifAny(_ name: String, at directory: Int32) throws(KernelError) -> ControlFile? {
        do throws(KernelError) {
            return try ControlFile(name, at: directory)
        } catch  where error.errno == ENOENT {
            return nil
        }
    }

    func text() throws(KernelError) -> String {
        try readShortControl(descriptor.number, name)
    }

    func number() throws(KernelError) -> Int64 {
        guard let value = Int64(try text()) else {
            throw KernelError("read", "\(name): not a number", errno: EINVAL)
        }
        return value
    }

    /// What a line of the file says of `key`.
    func value(of key: String) throws(KernelError) -> Int64 {
        guard let value = keyedValue(try text(), key) else {
            throw KernelError("read", "\(name): no \(key)", errno: EINVAL)
        }
        return value
    }
}
