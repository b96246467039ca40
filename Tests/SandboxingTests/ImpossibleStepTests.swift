import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Steps that are made impossible", .serialized)
struct ImpossibleStepTests {
    /// A call that the helper makes, refused; narrowed by its first argument where `mask` is not 0.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var call: String
        var mask: Int64 = 0
        /// Of the sentence that must come.
        var step: String
        var testDescription: String { mask == 0 ? call : "\(call) \(mask)" }
    }

    private static let refusals = [
        Refusal(call: "unshare", mask: 0x2000_0000, step: "make the helper's PID namespace"),
        Refusal(call: "unshare", mask: 0x0002_0000, step: "make the helper's mount namespace"),
        Refusal(call: "unshare", mask: 0x4000_0000, step: "make the helper's network namespace"),
        Refusal(call: "unshare", mask: 0x0800_0000, step: "make the helper's IPC namespace"),
        Refusal(call: "unshare", mask: 0x0400_0000, step: "make the helper's UTS namespace"),
        Refusal(call: "unshare", mask: 0x0200_0000, step: "make a cgroup namespace"),
        Refusal(call: "clone3", step: "start the inner helper"),
        Refusal(call: "clone", step: "start the program's process"),
        Refusal(call: "mount", step: "make private /"),
        Refusal(call: "fsopen", step: "fsopen "),
        Refusal(call: "fsconfig", step: "fsconfig "),
        Refusal(call: "fsmount", step: "mount "),
        Refusal(call: "move_mount", step: "mount "),
        Refusal(call: "mount_setattr", step: "protect "),
        Refusal(call: "open_tree", step: "show "),
        Refusal(call: "pivot_root", step: "pivot_root the new root"),
        Refusal(call: "umount2", step: "unmount "),
        Refusal(call: "sethostname", step: "set the host name"),
        Refusal(call: "capset", step: "drop capabilities"),
        Refusal(call: "setgroups", step: "drop supplementary groups"),
        Refusal(call: "setresuid", step: "take on the user"),
        Refusal(call: "setresgid", step: "take on the group"),
        // PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_SET_PDEATHSIG, by their numbers.
        Refusal(call: "prctl", mask: -38, step: "forbid new privileges"),
        Refusal(call: "prctl", mask: -24, step: "drop the capability bounding set"),
        Refusal(call: "prctl", mask: -1, step: "tie "),
        // libseccomp asks the kernel what it can do, and is told: nothing.
        Refusal(call: "seccomp", step: "filter foreign system call tables"),
        Refusal(call: "execve", step: "execute "),
        Refusal(call: "setsid", step: "start a session"),
        Refusal(call: "prlimit64", step: "resource limit"),
        Refusal(call: "chdir", step: "enter "),
        Refusal(call: "sched_setaffinity", step: "bind to the slot's processor"),
        Refusal(call: "pipe2", step: "pipe"),
        Refusal(call: "mkdirat", step: "make "),
        Refusal(call: "ioctl", step: "set the loopback interface up"),
        Refusal(call: "ppoll", step: "poll"),
    ].filter { refusal in
        // Who maps himself alone gives the right to change groups up instead.
        refusal.call != "setgroups" || Standing.own != .oneIdentity
    }

    /// What became of a run that must not have happened: the sentence, and what the program wrote.
    private static func attempt(_ path: String) async throws -> (text: String, output: String) {
        do {
            let slot = try await SandboxSlot.open(
                SlotConfiguration(index: 0, helperPath: path, cpu: 0))
            do {
                var last = ("", "")
                // Twice: the first must leave the helper usable, or the slot a new one.
                for _ in 0..<2 {
                    let result = try await slot.shell("echo ran")
                    #expect(result.report.outcome == .setupFailed, "\(result.report)")
                    last = (result.report.reason ?? "", result.text)
                }
                await slot.close()
                return last
            } catch {
                await slot.close()
                throw error
            }
        } catch let error as SandboxError {
            return (error.description, "")
        }
    }

    @Test(
        "Whatever call of the set-up is refused, nothing runs and the sentence names the step",
        .timeLimit(.minutes(5)), arguments: refusals, [EPERM, ENOSYS])
    func refused(refusal: Refusal, errno: Int32) async throws {
        let path = NSTemporaryDirectory() + "judge-refuse-\(UUID().uuidString)"
        try Data(try await Programs.shared.executable("refuse")).write(to: URL(filePath: path))
        chmod(path, 0o755)
        try "\(refusal.call) \(errno) \(refusal.mask) \(helperPath)\n".write(
            toFile: path + ".conf", atomically: false, encoding: .utf8)
        defer { for end in ["", ".conf"] { unlink(path + end) } }
        let (text, output) = try await Self.attempt(path)
        #expect(text.contains(refusal.step), "\(text)")
        let reason = refusal.call == "seccomp" ? EINVAL : errno
        #expect(text.contains(errorText(reason)), "\(text)")
        #expect(output.isEmpty)
        // `execute` may be the program's own fault.
        if refusal.call != "execve" && refusal.call != "chdir" {
            #expect(text.contains("; "), "no word on how to mend: \(text)")
        }
    }

    @Test("A group that cannot be made stops the run, and the sentence says what to do")
    func removedGroup() async throws {
        try await withSlot { slot in
            let before = try await slot.shell("echo ran")
            #expect(before.text == "ran\n")
            for base in try CgroupHierarchy.find().bases {
                let names = try FileManager.default.contentsOfDirectory(atPath: base + "/judge")
                for name in names where name.hasPrefix("slot-\(getpid())-") {
                    let slot = "\(base)/judge/\(name)"
                    for account in try directoryNames(slot) where account.hasPrefix("account-") {
                        #expect(rmdir("\(slot)/\(account)") == 0)
                    }
                    #expect(rmdir(slot) == 0)
                }
            }
            await #expect {
                _ = try await slot.shell("echo ran")
            } throws: {
                "\($0)".hasPrefix("cannot make cgroup run-2: no such file or directory; the slot's")
            }
        }
        let after = try await withSlot { try await $0.shell("echo ran") }
        #expect(after.text == "ran\n")
    }
}
