import Glibc

/// A regular file's bytes, paged in as they are read and never copied.
struct MappedFile: ~Copyable {
    private let base: UnsafeMutableRawPointer?
    private let count: Int

    /// - Throws: `machine`: an answer that cannot be read is never the submitter's fault.
    init(path: String) throws(JudgingError) {
        let mapped = try mapFile(path)
        base = mapped.base
        count = mapped.count
    }

    deinit {
        if let base { munmap(base, count) }
    }

    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(UnsafeRawBufferPointer(start: base, count: count))
    }
}

private func mapFile(
    _ path: String
) throws(JudgingError) -> (base: UnsafeMutableRawPointer?, count: Int) {
    func failure(_ verb: String, _ code: Int32) -> JudgingError {
        .machine("cannot \(verb) \(path): \(String(cString: strerror(code)))")
    }
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard fd >= 0 else { throw failure("open", errno) }
    defer { close(fd) }
    var status = stat()
    guard fstat(fd, &status) == 0 else { throw failure("read", errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw .machine("cannot read \(path): not a regular file")
    }
    let count = Int(status.st_size)
    guard count > 0 else { return (nil, 0) }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, fd, 0), base != MAP_FAILED else {
        throw failure("map", errno)
    }
    return (base, count)
}
