import Glibc

/// Files and directories that a command makes for its user. What exists is never overwritten.
enum NewFile {
    /// - Throws: a failure for bad input that names the file, also when it exists.
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        try write(CollectionOfOne(bytes), to: path)
    }

    /// Writes one piece after another, of which only one is held at a time.
    ///
    /// - Throws: as `write` of bytes does.
    static func write(
        _ pieces: some Sequence<[UInt8]>, to path: String
    ) throws(CommandFailure) {
        let fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard fd >= 0 else { throw failure(path, errno) }
        defer { close(fd) }
        for piece in pieces {
            var rest = piece[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(fd, $0.baseAddress, $0.count) }
                guard written >= 0 || errno == EINTR else { throw failure(path, errno) }
                rest = rest.dropFirst(max(0, written))
            }
        }
    }

    /// Makes a directory unless it is there.
    static func makeDirectory(_ path: String) throws(CommandFailure) {
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw failure(path, errno) }
    }

    /// Makes a directory that only its owner can look into.
    static func makeOwnDirectory(_ path: String) throws(CommandFailure) {
        guard mkdir(path, 0o700) == 0 else { throw failure(path, errno) }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure(.badInput, "cannot write \(path): \(String(cString: strerror(code)))")
    }
}
