import Glibc
import Linux

/// Anonymous files in memory that stand between a run and the host.
enum MemoryFile {
    /// A file with `bytes` that nobody can change any more.
    static func sealed(_ bytes: [UInt8]) throws(KernelError) -> Descriptor {
        let file = try Descriptor.memory("input")
        try writeAll(bytes, to: file.number, "an input in memory")
        return try seal(file)
    }

    static func input(_ input: RunInput) throws(KernelError) -> Descriptor {
        switch input {
        case .empty:
            return try sealed([])
        case .bytes(let bytes):
            return try sealed(bytes)
        case .file(let path):
            return try copy(of: path)
        case .pipe(let end):
            return try Descriptor.duplicate(end.numbers.first ?? -1)
        case .descriptor(let number):
            // A file would show its path inside and share its locks; a pipe or terminal has none.
            let facts = try fileFacts(number, "standard input")
            guard facts.isRegular else { return try lend(number, facts) }
            let position = lseek(number, 0, SEEK_CUR)
            return try copy(of: number, facts.size - max(0, Int64(position)), "standard input")
        }
    }

    /// Whether it is a regular file of so many bytes at most.
    static func isFile(_ path: String, atMost size: Int64) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && Int64(status.st_size) <= size
    }

    static func output(_ output: RunOutput) throws(KernelError) -> Descriptor {
        switch output {
        case .captured:
            return try Descriptor.memory("output")
        case .pipe(let end):
            return try Descriptor.duplicate(end.numbers.first ?? -1)
        case .descriptor(let number):
            // A flag of the caller's own would be everybody's, so pipe and terminal are opened anew: a
            // reader that does not read must not hold up the helper.
            guard try fileFacts(number, "an output").isStream,
                let own = try? Descriptor.reopen(number, O_WRONLY | O_NONBLOCK)
            else { return try Descriptor.duplicate(number) }
            return own
        }
    }

    /// A pipe, terminal or socket for the run to read from.
    ///
    /// What can be opened anew is, for reading alone: what can be written as well would be an output
    /// that nobody limits. What has a name is then read by the helper, which must not be held up. A
    /// directory would be a way to the host's files.
    private static func lend(
        _ number: Int32, _ facts: FileFacts
    ) throws(KernelError) -> Descriptor {
        guard facts.isStream || facts.isSocket else {
            throw KernelError(
                "read", "standard input: not a file, pipe, socket or terminal", errno: EINVAL)
        }
        guard facts.isStream else { return try Descriptor.duplicate(number) }
        let isReadable = fcntl(number, F_GETFL) & O_ACCMODE == O_RDONLY
        // A program reads from a pipe itself and may make it non-blocking: for itself alone, not for all
        // that hold what the caller holds.
        let flags = try isAnonymousPipe(number) ? O_RDONLY : O_RDONLY | O_NONBLOCK
        do throws(KernelError) {
            return try .reopen(number, flags)
        } catch  where isReadable && error.errno == EACCES {
            // Another user's terminal or pipe, which was handed down; the helper reads it.
            return try .duplicate(number)
        }
    }

    /// A sealed copy of a regular file, so that neither its name nor its locks nor its page cache is
    /// within the run's reach.
    private static func copy(of path: String) throws(KernelError) -> Descriptor {
        // A pipe in its place must not hold up anybody.
        let source = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
        let facts = try fileFacts(source.number, path)
        guard facts.isRegular else {
            throw KernelError("read", "\(path): not a regular file", errno: EINVAL)
        }
        return try copy(of: source.number, facts.size, path)
    }

    /// A sealed copy of `size` bytes from the descriptor's position.
    private static func copy(
        of source: Int32, _ size: Int64, _ subject: String
    ) throws(KernelError) -> Descriptor {
        let file = try Descriptor.memory("input")
        var rest = size
        while rest > 0 {
            let count = retrying {
                let count = sendfile(file.number, source, nil, Int(min(rest, 1 << 30)))
                return count < 0 ? -Int(errno) : count
            }
            guard try check(count, "read", subject) > 0 else { break }
            rest -= Int64(count)
        }
        return try seal(file)
    }

    private static func seal(_ file: consuming Descriptor) throws(KernelError) -> Descriptor {
        try file.seal()
        try check(
            lseek(file.number, 0, SEEK_SET) < 0 ? -Int(errno) : 0, "rewind", "an input in memory")
        return file
    }
}
