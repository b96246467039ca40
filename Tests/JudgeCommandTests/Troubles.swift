import Foundation
import Glibc
import Testing

/// The disk of the database is full until a submitter was refused.
final class FullDisk: Trouble {
    let configuration = "[database]\npath = \"disk/judge.db\"\n"
    let database = "disk/judge.db"
    private let disk: URL
    private var refusedBefore = 0

    init(_ desk: Desk) {
        disk = desk.directory.appending(path: "disk")
    }

    func prepare() throws {
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        try #require(mount("none", disk.path, "tmpfs", 0, "size=128m") == 0)
    }

    func begin(_ harness: Harness) throws -> Bool {
        refusedBefore = harness.refusals
        let filler = disk.appending(path: "filler").path
        let fd = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(fd >= 0)
        defer { close(fd) }
        // Down to the last byte.
        for size in [1 << 20, 4096, 1] {
            let bytes = [UInt8](repeating: 0, count: size)
            while write(fd, bytes, size) > 0 {}
        }
        return true
    }

    func isEnough(_ harness: Harness) -> Bool { harness.refusals > refusedBefore }

    func end() throws {
        try FileManager.default.removeItem(at: disk.appending(path: "filler"))
    }

    func clear() { umount2(disk.path, Int32(MNT_DETACH)) }
}

/// Somebody holds the lock of the database for ten seconds, in which a submitter is refused.
final class HeldLock: Trouble {
    private let desk: Desk
    private var holder: (process: Process, commands: Pipe)?
    private var since = ContinuousClock.now
    private var refusedBefore = 0

    init(_ desk: Desk) {
        self.desk = desk
    }

    func begin(_ harness: Harness) throws -> Bool {
        let (process, commands, answers) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = ["-bail", "-cmd", ".timeout 5000", "judge.db"]
        process.currentDirectoryURL = desk.directory
        process.standardInput = commands
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        try process.run()
        try commands.fileHandleForWriting.write(
            contentsOf: Data("BEGIN EXCLUSIVE; SELECT 'held';\n".utf8))
        try answers.fileHandleForWriting.close()
        guard try answers.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8) else {
            // Others had it for too long.
            process.waitUntilExit()
            return false
        }
        holder = (process, commands)
        since = .now
        refusedBefore = harness.refusals
        return true
    }

    func isEnough(_ harness: Harness) -> Bool {
        harness.refusals > refusedBefore && since.duration(to: .now) >= .seconds(10)
    }

    func end() throws {
        let holder = try #require(holder)
        try holder.commands.fileHandleForWriting.write(contentsOf: Data("ROLLBACK;\n".utf8))
        try holder.commands.fileHandleForWriting.close()
        holder.process.waitUntilExit()
        #expect(holder.process.terminationStatus == 0)
        self.holder = nil
    }

    func clear() { if let holder { endByForce(holder.process) } }
}

/// The wall clock of all processes of the judge jumps by an hour, forward and back: a library that is
/// loaded before the system's adds seconds that a file holds. Clocks that only go forward stay as they are.
final class SteppedClock: Trouble {
    private let desk: Desk
    private var judgedBefore = 0
    private var acknowledgedBefore = 0
    private var isAhead = false

    init(_ desk: Desk) {
        self.desk = desk
    }

    private var library: String { path("clock.so") }
    private var offset: String { path("clock.offset") }

    var environment: [String: String] { ["LD_PRELOAD": library, "CLOCK_OFFSET": offset] }

    func prepare() throws {
        try desk.write("clock.c", Self.source)
        let made = try desk.shell(
            "PATH=/usr/bin:/bin exec gcc -O2 -shared -fPIC -o clock.so clock.c")
        try #require(made.status == 0, "\(made.complaint)")
        try step(to: 0)
    }

    /// Not before somebody has submitted by the right clock, again: else nothing shows the step.
    func begin(_ harness: Harness) throws -> Bool {
        guard harness.acknowledged.count >= acknowledgedBefore + 3 else { return false }
        judgedBefore = try judged()
        acknowledgedBefore = harness.acknowledged.count
        isAhead.toggle()
        try step(to: isAhead ? 3_600 : -3_600)
        return true
    }

    /// A few were judged under it, and one submitted at least: two submitters may live when it begins.
    func isEnough(_ harness: Harness) throws -> Bool {
        guard harness.acknowledged.count >= acknowledgedBefore + 3,
            try judged() >= judgedBefore + 3
        else { return false }
        acknowledgedBefore = harness.acknowledged.count
        return true
    }

    func end() throws { try step(to: 0) }

    private func judged() throws -> Int {
        let query =
            "exec sqlite3 -readonly -cmd '.timeout 5000' judge.db 'SELECT count(*) FROM judgements'"
        return Int(try desk.shell(query).output.dropLast()) ?? 0
    }

    /// In place: the processes have the file mapped.
    private func step(to seconds: Int64) throws {
        let fd = open(offset, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        try #require(fd >= 0)
        defer { close(fd) }
        var seconds = seconds
        try #require(pwrite(fd, &seconds, 8, 0) == 8)
    }

    private func path(_ name: String) -> String {
        desk.directory.appending(path: name).path(percentEncoded: false)
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static volatile const long *offset;

        __attribute__((constructor)) static void look(void) {
            const char *path = getenv("CLOCK_OFFSET");
            int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
            if (fd < 0) abort();
            void *memory = mmap(0, 8, PROT_READ, MAP_SHARED, fd, 0);
            if (memory == MAP_FAILED) abort();
            close(fd);
            offset = memory;
        }

        int clock_gettime(clockid_t id, struct timespec *now) {
            long result = syscall(SYS_clock_gettime, id, now);
            if (result == 0 && id == CLOCK_REALTIME && offset) now->tv_sec += *offset;
            return result;
        }

        int gettimeofday(struct timeval *now, void *zone) {
            struct timespec time;
            clock_gettime(CLOCK_REALTIME, &time);
            now->tv_sec = time.tv_sec;
            now->tv_usec = time.tv_nsec / 1000;
            return 0;
        }

        time_t time(time_t *now) {
            struct timespec time;
            clock_gettime(CLOCK_REALTIME, &time);
            if (now) *now = time.tv_sec;
            return time.tv_sec;
        }

        """
}

/// A worker that judges is stopped until its submission is another's: longer than its lease. One that
/// holds the database's lock then keeps all others from it, and a submitter is refused.
final class StoppedWorker: Trouble {
    private let desk: Desk
    private var stopped: pid_t?
    private var refusedBefore = 0

    init(_ desk: Desk) {
        self.desk = desk
    }

    func begin(_ harness: Harness) throws -> Bool {
        let busy = try holders()
        let victim = harness.living.first { member in
            member.kind == .worker && busy.contains { $0 == member.process.processIdentifier }
        }
        guard let victim, victim.process.isRunning else { return false }
        let pid = victim.process.processIdentifier
        try #require(kill(pid, SIGSTOP) == 0)
        refusedBefore = harness.refusals
        // It may have finished meanwhile.
        guard try holders().contains(pid) else {
            kill(pid, SIGCONT)
            return false
        }
        stopped = pid
        return true
    }

    func isEnough(_ harness: Harness) throws -> Bool {
        guard let stopped else { return true }
        // A kill ends it, too.
        let lives = harness.living.contains { $0.process.processIdentifier == stopped }
        return try !lives || harness.refusals > refusedBefore || !holders().contains(stopped)
    }

    func end() throws { clear() }

    func clear() {
        if let stopped { kill(stopped, SIGCONT) }
        stopped = nil
    }

    /// Numbers of the workers that have a lease.
    private func holders() throws -> [pid_t] {
        let query =
            "exec sqlite3 -readonly -cmd '.timeout 5000' judge.db "
            + "\"SELECT worker FROM queue WHERE state = 'running'\""
        return try desk.shell(query).output.split(separator: "\n")
            .compactMap { $0.split(separator: "-").last.flatMap { pid_t($0) } }
    }
}

/// The helper is another program that answers nonsense: workers that start meanwhile refuse to, and the
/// attempts of those that live fail.
final class GarbageHelper: Trouble {
    private let desk: Desk
    private let herd: Herd
    private var unfitBefore = 0

    init(_ desk: Desk, _ herd: Herd) {
        self.desk = desk
        self.herd = herd
    }

    func prepare() throws {
        let script = try desk.write(
            "garbage.sh", "#!/bin/sh\nhead -c 4096 /dev/zero | tr '\\0' 'x' >&3\n")
        try #require(chmod(script, 0o755) == 0)
    }

    func begin(_ harness: Harness) throws -> Bool {
        unfitBefore = harness.unfitWorkers
        let replace = "cp garbage.sh new && ln judge-sandbox honest && mv new judge-sandbox"
        try #require(try desk.shell(replace).status == 0)
        let workers = harness.living.filter { $0.kind == .worker }
        for worker in workers {
            for helper in herd.helpers(of: worker.process) { kill(helper, SIGKILL) }
        }
        if let first = workers.first, first.process.isRunning {
            kill(first.process.processIdentifier, SIGKILL)
        }
        return true
    }

    func isEnough(_ harness: Harness) -> Bool { harness.unfitWorkers > unfitBefore }

    func end() throws { try #require(try desk.shell("mv honest judge-sandbox").status == 0) }
}
