import Foundation
import Testing

/// What the machine refuses: `judge sandbox run` and `judge worker` name the step and what mends it,
/// end with the codes of the interface, and nothing runs.
@Suite(.enabled(if: geteuid() == 0, "needs root to take rights away"), .serialized)
struct RefusalTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        try #require(try desk.judge("submit", "sum", "right.py").status == 0)
    }

    /// Both commands under `prefix`, a line of shell that replaces itself by `"$@"`.
    /// - Parameters:
    ///   - step: what the run's sentence names, and the worker's where no check of it is `fault`.
    private func refused(
        _ prefix: String, _ step: String, mend: String, fault: String? = nil
    ) throws {
        let line = "call() { ( \(prefix) ); }; set -- \"$0\" "
        let run = try desk.shell(line + "sandbox run --report report.json -- echo ran; call \"$@\"")
        #expect(run.status == 125, "\(run)")
        #expect(run.output.isEmpty)
        #expect(run.complaint.contains(step), "\(run.complaint)")
        #expect(run.complaint.contains(mend), "\(run.complaint)")
        #expect(run.complaint.split(separator: "\n").count == 1, "\(run.complaint)")
        let report = try String(
            contentsOf: desk.directory.appending(path: "report.json"), encoding: .utf8)
        #expect(report.contains("\"outcome\": \"setup-failed\""))

        let worker = try desk.shell(line + "worker --drain; call \"$@\"")
        #expect(worker.status == 69, "\(worker)")
        #expect(worker.complaint.contains(fault ?? step), "\(worker.complaint)")
        #expect(worker.complaint.contains("; to mend it: "), "\(worker.complaint)")
        #expect(worker.complaint.contains("nothing is judged on this machine"))
        // Not even an attempt was made.
        let listed = try desk.judge("list", "--json").output
        #expect(listed.contains("\"state\": \"queued\""))
        #expect(listed.contains("\"attempt\": null"))
    }

    /// Where this process would make its groups: one directory in each hierarchy.
    private let hierarchies =
        "awk '$3 == \"cgroup\" || $3 == \"cgroup2\" { print $2 }' /proc/mounts"

    @Test("Without leave to write to the hierarchies")
    func readOnly() throws {
        try refused(
            "unshare -m sh -c 'for d in $(\(hierarchies.replacing("'", with: "'\\''"))); "
                + "do mount -o remount,bind,ro $d || exit 1; done; exec \"$@\"' sh \"$@\"",
            "read-only file system", mend: "give it a writable cgroup file system")
    }

    @Test("Without the hierarchies, or the controllers in them")
    func noControllers() throws {
        try refused(
            "unshare -m sh -c 'umount $(\(hierarchies.replacing("'", with: "'\\''"))); "
                + "exec \"$@\"' sh \"$@\"",
            "find the cgroup controller memory", mend: "cgroup_enable=memory")
    }

    @Test("Without network namespaces")
    func noNamespaces() throws {
        try refused(
            "unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_net_namespaces; exec \"$@\"' sh \"$@\"",
            "network namespace", mend: "user.max_user_namespaces and the other",
            fault: "namespaces: cannot be made: network")
    }

    @Test(
        "Without a call that the wall is made of",
        arguments: [
            ("seccomp", "filter", "a profile around the worker", "seccomp: "),
            ("clone3", "start the inner helper", "a profile around the worker", "sandbox: "),
            (
                "pivot_root", "pivot_root the new root", "a container must be allowed mounts",
                "sandbox: "
            ),
        ])
    func noCall(call: String, step: String, mend: String, fault: String) throws {
        let programs = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "SandboxingTests/Programs/refuse.c")
        let helper = desk.directory.appending(path: "refuse").path
        let source = programs.path
        try #require(
            try desk.shell("PATH=/usr/bin:/bin gcc -o '\(helper)' '\(source)'").status == 0)
        let real = Desk.program.deletingLastPathComponent().appending(path: "judge-sandbox").path
        try desk.write("refuse.conf", "\(call) \(EPERM) 0 \(real)\n")
        try desk.write("judge.conf", "[sandbox]\nhelper = \"\(helper)\"\n")
        try refused("exec \"$@\"", step, mend: mend, fault: fault)
    }

    @Test("Without room for processes in the group that was given")
    func fullGroup() throws {
        let group = "/judge-refusal-\(getpid())"
        try desk.write("judge.conf", "[sandbox]\ncgroup = \"\(group)\"\n")
        let directories =
            "$(\(hierarchies) | grep -E '/(memory|pids|cpuacct)$' || "
            + "\(hierarchies) | head -1)"
        let make =
            "for d in \(directories); do "
            + "echo '+memory +pids' >$d/cgroup.subtree_control 2>/dev/null; mkdir $d\(group); "
            + "[ ! -e $d\(group)/pids.max ] || echo 3 >$d\(group)/pids.max; done"
        try #require(try desk.shell(make).status == 0)
        defer { _ = try? desk.shell("for d in \(directories); do rmdir $d\(group); done") }
        try refused("exec \"$@\"", "the groups above it have room for 3", mend: "raise pids.max")
    }
}
