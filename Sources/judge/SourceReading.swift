import Glibc
import JudgeCore
import Problems

/// Reads the files that a command names as sources.
enum SourceReading {
    /// More than any problem's code limit; the limit itself is checked when the problem is known.
    private static let sizeAtMost = 64 << 20

    /// Each file under its own name, without its directories.
    ///
    /// - Throws: a failure for bad input that names the file.
    static func files(_ paths: [String]) throws(CommandFailure) -> [SourceFile] {
        var files: [SourceFile] = []
        for path in paths {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            files.append(SourceFile(name: name, bytes: try contents(of: path)))
        }
        return files
    }

    /// The language that is asked for, else the one that the files point to; none where answers are
    /// submitted.
    static func language(
        _ id: String?, of files: [SourceFile], for problem: Problem, among languages: [Language]
    ) throws -> Language {
        guard problem.runsPrograms else {
            guard id == nil else {
                throw CommandFailure(
                    .badInput,
                    "problem \(problem.id) takes answers, not programs; leave --language out")
            }
            return .answers
        }
        guard let id else { return try Language.detect(files: files, among: languages) }
        let language = try Language.named(id, among: languages)
        try language.check(files: files)
        return language
    }

    private static func contents(of path: String) throws(CommandFailure) -> [UInt8] {
        let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard fd >= 0 else { throw failure(path, errno) }
        defer { close(fd) }
        var status = stat()
        guard fstat(fd, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure(.badInput, "cannot read \(path): it is not a file; name files")
        }
        guard status.st_size <= sizeAtMost else {
            throw CommandFailure(.badInput, "cannot submit \(path): it is larger than 64 MiB")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(fd, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            guard got >= 0 else { throw failure(path, errno) }
            guard got > 0 else { break }
            count += got
        }
        return Array(bytes[..<count])
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure(.badInput, "cannot read \(path): \(String(cString: strerror(code)))")
    }
}
