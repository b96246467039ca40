import CLinux
import Glibc

/// A child process that is signalled and awaited by descriptor, never by a stored pid.
package struct ChildProcess: ~Copyable {
    package let pid: Int32
    private let pidfd: Descriptor

    /// Starts `path` with `environment` and nothing else of it; `streams` become descriptors 0, 1, 2, ….
    ///
    /// Everything else is close-on-exec and stays behind. `arguments` begin with the name that the
    /// process shows.
    package static func spawn(
        _ path: String, arguments: [String], environment: [String] = [], streams: [Int32]
    ) throws(KernelError) -> ChildProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Copies above all places: a stream may sit where another has to go. They end with this call.
        var copies: [Int32] = []
        defer { for copy in copies { _ = cl_close(copy) } }
        for (place, stream) in streams.enumerated() {
            let copy = cl_fcntl(stream, F_DUPFD_CLOEXEC, 16)
            copies.append(Int32(try check(copy, "duplicate", "\(stream)")))
            posix_spawn_file_actions_adddup2(&actions, copies[place], Int32(place))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: the terminal's Ctrl-C is for the judge, which tells its helpers, and a
        // terminal that stops writers in the background shall not stop a helper.
        let setSession: Int16 = 0x80  // POSIX_SPAWN_SETSID
        let setMask = Int16(POSIX_SPAWN_SETSIGMASK)
        let setDefault = Int16(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, setSession | setMask | setDefault)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)

        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { variables.forEach { free($0) } }
        var pid: Int32 = 0
        let failure = posix_spawn(&pid, path, &actions, &attributes, &argv, &variables)
        try check(-Int(failure), "start", path)
        return ChildProcess(
            pid: pid,
            pidfd: Descriptor(owning: Int32(try check(cl_pidfd_open(pid), "pidfd_open", path))))
    }

    /// Sends a signal; a process that has ended is not an error.
    package func signal(_ number: Int32) {
        _ = cl_pidfd_send_signal(pidfd.number, number)
    }

    /// Waits for the end and reaps.
    /// - Returns: the exit code, or 128 and the signal that ended it.
    package consuming func exitCode() -> Int32 {
        var code: Int32 = 0
        var status: Int32 = 0
        _ = retrying { cl_wait_pidfd(pidfd.number, &code, &status) }
        return code == CLD_EXITED ? status : 128 + status
    }

    /// Waits up to `milliseconds` (nil: for ever) for the end and reaps.
    /// - Returns: whether the process has ended.
    package func wait(milliseconds: Int64? = nil) -> Bool {
        var descriptors = pollfd(fd: pidfd.number, events: Int16(POLLIN), revents: 0)
        let limit = milliseconds.map { $0 * 1_000_000 } ?? -1
        guard retrying({ cl_poll(&descriptors, 1, limit) }) == 1 else { return false }
        var code: Int32 = 0
        var status: Int32 = 0
        _ = cl_wait_pidfd(pidfd.number, &code, &status)
        return true
    }
}
