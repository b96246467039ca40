import Glibc

/// The standard streams, which may be closed, full, or a terminal.
enum StandardStreams {
    /// Makes descriptors 0 to 2 open, so that no database becomes one of them, and writing to a
    /// reader that is gone an error instead of the end of the process.
    static func prepare() {
        while true {
            let fd = open("/dev/null", O_RDWR)
            guard (0...2).contains(fd) else {
                if fd > 2 { close(fd) }
                break
            }
        }
        // A handler and not SIG_IGN: what is started from here begins with the default again.
        signal(SIGPIPE) { _ in }
    }

    /// Writes results. Ends the process quietly when nobody reads them any more.
    static func write(_ text: String) throws(CommandFailure) {
        try write(Array(text.utf8))
    }

    static func write(_ bytes: [UInt8]) throws(CommandFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EPIPE: Glibc.exit(128 + SIGPIPE)
            case let code:
                throw CommandFailure(
                    .broken, "cannot write standard output: \(String(cString: strerror(code)))")
            }
        }
    }

    /// Writes one line for people; whether anybody reads it changes nothing.
    static func complain(_ text: String) {
        tell("judge: \(Printable.line(text))\n")
    }

    /// Writes to standard error as it is.
    static func tell(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
