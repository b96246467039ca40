import CZip
import Glibc

/// A ZIP file that is read entry by entry, by libzip. Nothing of it is believed: sizes, names and
/// kinds are checked against limits before the first byte is unpacked, and against each other.
struct Archive: ~Copyable {
    struct Entry {
        enum Kind { case file, directory, link }

        var index: UInt64
        var parts: [String]
        var kind: Kind
        /// As the archive says, once unpacked.
        var size: Int64
    }

    private let handle: OpaquePointer
    private let descriptor: Int32
    private let size: Int64
    private let shown: String

    private init(handle: OpaquePointer, descriptor: Int32, size: Int64, shown: String) {
        self.handle = handle
        self.descriptor = descriptor
        self.size = size
        self.shown = shown
    }

    /// - Throws: when the file is no ZIP file, or states more than the limits allow.
    static func opened(
        _ path: String, limits: ArchiveLimits
    ) throws(ProblemsError) -> Archive {
        let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard fd >= 0 else { throw readFailure("opened", path, errno) }
        do throws(ProblemsError) {
            var status = stat()
            guard fstat(fd, &status) == 0 else { throw readFailure("read", path, errno) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw ProblemsError("is neither a directory nor a file", file: path)
            }
            let size = Int64(status.st_size)
            try ArchiveEnd.check(fd, size: size, limits: limits, shown: path)
            let handle = try library(fd, flags: 0, shown: path)
            return Archive(handle: handle, descriptor: fd, size: size, shown: path)
        } catch {
            close(fd)
            throw error
        }
    }

    deinit {
        zip_discard(handle)
        close(descriptor)
    }

    /// Every entry, in the archive's order.
    ///
    /// - Throws: for the first that cannot be unpacked, and for all together when they are too many
    ///   bytes.
    func entries(limits: ArchiveLimits) throws(ProblemsError) -> [Entry] {
        let count = zip_get_num_entries(handle, 0)
        guard count <= limits.entries else {
            throw error("lists \(count) entries; at most \(limits.entries) are read")
        }
        var names = ArchiveNames(limits: limits)
        var entries: [Entry] = []
        var unpacked: Int64 = 0
        var packed: Int64 = 0
        for index in 0..<UInt64(max(0, count)) {
            var facts = zip_stat_t()
            guard zip_stat_index(handle, index, zip_flags_t(ZIP_FL_ENC_RAW), &facts) == 0,
                let name = facts.name, facts.size <= UInt64(Int64.max / 4),
                facts.comp_size <= UInt64(Int64.max / 4)
            else { throw error("is not a whole ZIP archive") }
            let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
            let kind = try kind(of: index, isDirectory: bytes.last == UInt8(ascii: "/"))
            let parts: [String]
            do throws(ArchiveNameError) {
                parts = try names.take(bytes, isDirectory: kind == .directory)
            } catch {
                throw self.error(error.sentence)
            }
            guard facts.encryption_method == UInt16(ZIP_EM_NONE) else {
                throw error("is encrypted")
            }
            guard [UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE)].contains(facts.comp_method)
            else { throw error("is packed by a method other than deflate; pack it anew") }
            unpacked += Int64(facts.size)
            packed += Int64(facts.comp_size)
            try check(unpacked: unpacked, packed: packed, limits: limits)
            entries.append(
                Entry(index: index, parts: parts, kind: kind, size: Int64(facts.size)))
        }
        // Opened once more, the library compares its list with what stands before each entry's data;
        // only now, because mistakes in names have better words above.
        let second = try Self.library(descriptor, flags: ZIP_CHECKCONS, shown: shown)
        zip_discard(second)
        return entries
    }

    private func check(
        unpacked: Int64, packed: Int64, limits: ArchiveLimits
    ) throws(ProblemsError) {
        guard packed <= size else {
            throw error("lists more bytes than it has: its entries overlap")
        }
        let most = min(limits.unpackedSize, max(limits.ratioFloor, size * limits.ratio))
        guard unpacked <= most else {
            throw error(
                "unpacks to \(unpacked) bytes or more, which \(size) bytes of a package never do")
        }
    }

    private func kind(
        of index: UInt64, isDirectory: Bool
    ) throws(ProblemsError) -> Entry.Kind {
        var system: UInt8 = 0
        var attributes: UInt32 = 0
        guard zip_file_get_external_attributes(handle, index, 0, &system, &attributes) == 0 else {
            throw error("is not a whole ZIP archive")
        }
        // Only these systems put a file's mode there.
        let hasMode = [UInt8(ZIP_OPSYS_UNIX), UInt8(ZIP_OPSYS_OS_X)].contains(system)
        let type = hasMode ? attributes >> 16 & S_IFMT : 0
        switch type {
        case 0: return isDirectory ? .directory : .file
        case S_IFREG where !isDirectory: return .file
        case S_IFDIR where isDirectory: return .directory
        case S_IFLNK where !isDirectory: return .link
        default:
            throw error("holds something that is neither a file, a directory nor a link")
        }
    }

    /// Unpacks one entry, piece by piece.
    ///
    /// - Throws: when it has another size or checksum than the archive says, and what `take` throws.
    func read(
        _ entry: Entry, _ take: (UnsafeRawBufferPointer) throws(ProblemsError) -> Void
    ) throws(ProblemsError) {
        guard let file = zip_fopen_index(handle, entry.index, 0) else {
            throw error("cannot be unpacked: \(name(entry))")
        }
        defer { zip_fclose(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var done: Int64 = 0
        while true {
            try stopIfCancelled(shown)
            let got = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
            guard got >= 0 else {
                throw error("does not unpack to what it says: \(name(entry))")
            }
            guard got > 0 else { break }
            done += got
            guard done <= entry.size else {
                throw error("unpacks to more than it says: \(name(entry))")
            }
            try take(UnsafeRawBufferPointer(rebasing: buffer[..<Int(got)]))
        }
        guard done == entry.size else {
            throw error("unpacks to less than it says: \(name(entry))")
        }
    }

    private func name(_ entry: Entry) -> String { entry.parts.joined(separator: "/") }

    private func error(_ sentence: String) -> ProblemsError {
        ProblemsError(sentence, file: shown)
    }

    /// The library's view of the file, through a descriptor of its own.
    private static func library(
        _ fd: Int32, flags: Int32, shown: String
    ) throws(ProblemsError) -> OpaquePointer {
        // The library closes what it could open.
        let own = fcntl(fd, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw readFailure("opened", shown, errno) }
        var code: Int32 = 0
        guard let handle = zip_fdopen(own, flags, &code) else {
            close(own)
            throw ProblemsError(
                flags == ZIP_CHECKCONS
                    ? "says one thing in its list of entries and another before their data"
                    : "is not a whole ZIP archive", file: shown)
        }
        return handle
    }
}
