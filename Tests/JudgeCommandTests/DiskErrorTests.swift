import Foundation
import Glibc
import Testing

/// Errors of a disk that SQLite does not take for a full one: a quota, and space that is missing only when
/// what was written is synced.
@Suite("A disk that finds no room otherwise than by ENOSPC of a write", .timeLimit(.minutes(5)))
struct DiskErrorTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        var call: String
        var error: Int32
        var testDescription: String { "\(call): \(String(cString: strerror(error)))" }
    }

    private static let full = [
        Failure(call: "write", error: EDQUOT), Failure(call: "sync", error: ENOSPC),
        Failure(call: "sync", error: EDQUOT),
    ]

    /// Builds a library that lets calls on the database's log fail while there is a file `broken`.
    private func prepare(_ desk: Desk) throws {
        try desk.write("disk.c", Self.source)
        let made = try desk.shell(
            "PATH=/usr/bin:/bin exec gcc -O2 -shared -fPIC -o disk.so disk.c")
        try #require(made.status == 0, "\(made.complaint)")
    }

    private func environment(_ failure: Failure, _ desk: Desk) -> [String: String] {
        let library = desk.directory.appending(path: "disk.so").path(percentEncoded: false)
        return [
            "LD_PRELOAD": library, "DISK_CALL": failure.call, "DISK_ERROR": "\(failure.error)",
        ]
    }

    @Test("submit says that the disk is full and to try again", arguments: Self.full)
    func submit(failure: Failure) throws {
        let desk = try Desk()
        try prepare(desk)
        #expect(try desk.submit() == 1)
        try desk.write("broken", "")
        let environment = environment(failure, desk)
        let refused = try desk.judge("submit", "sum", "main.cpp", environment: environment)
        #expect(refused.status == 75)
        #expect(refused.output.isEmpty)
        #expect(
            refused.complaint.hasSuffix("the disk is full; free some space and try again\n"),
            "\(refused.complaint)")
        try FileManager.default.removeItem(at: desk.directory.appending(path: "broken"))
        let stored = try desk.judge("submit", "sum", "main.cpp", environment: environment)
        #expect(stored.output == "2\n", "\(stored.complaint)")
    }

    @Test("A disk that is broken is not said to be full", arguments: ["write", "sync"])
    func broken(call: String) throws {
        let desk = try Desk()
        try prepare(desk)
        #expect(try desk.submit() == 1)
        try desk.write("broken", "")
        let environment = environment(Failure(call: call, error: EIO), desk)
        let refused = try desk.judge("submit", "sum", "main.cpp", environment: environment)
        #expect(refused.status == 70)
        #expect(refused.complaint.contains("disk I/O error"), "\(refused.complaint)")
    }

    @Test(
        "A worker goes on when there is room again",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func worker() throws {
        let faults = try FaultDesk(lease: "30s")
        try prepare(faults.desk)
        try faults.addProblem()
        let environment = environment(Self.full[0], faults.desk)
            .map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
        let worker = try faults.start(
            "\(environment) exec \"$0\" worker", errors: "worker.err")
        defer { endByForce(worker) }
        try faults.wait(saying: "worker started", from: worker)
        try faults.desk.write("broken", "")
        #expect(try faults.desk.judge("submit", "sum", "sums.py").output == "1\n")
        try faults.wait(saying: "the disk is full; free some space", from: worker)
        try FileManager.default.removeItem(at: faults.desk.directory.appending(path: "broken"))
        #expect(try faults.verdict(of: 1, from: worker) == "AC")
        faults.expectStops(worker)
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int fails(const char *call, int fd) {
            const char *wanted = getenv("DISK_CALL");
            if (!wanted || strcmp(wanted, call) != 0 || access("broken", F_OK) != 0) return 0;
            char link[64], path[4096];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t length = readlink(link, path, sizeof path - 1);
            if (length < 4 || strncmp(path + length - 4, "-wal", 4) != 0) return 0;
            errno = atoi(getenv("DISK_ERROR"));
            return 1;
        }

        int fdatasync(int fd) { return fails("sync", fd) ? -1 : syscall(SYS_fdatasync, fd); }
        int fsync(int fd) { return fails("sync", fd) ? -1 : syscall(SYS_fsync, fd); }
        ssize_t write(int fd, const void *bytes, size_t count) {
            return fails("write", fd) ? -1 : syscall(SYS_write, fd, bytes, count);
        }
        ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
            return fails("write", fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
        }
        ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
            return pwrite64(fd, bytes, count, at);
        }

        """
}
