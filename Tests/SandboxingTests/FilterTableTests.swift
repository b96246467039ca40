import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// The table that `judge doctor --syscalls` prints, held against what the filter does.
@Suite("The table of system calls", .serialized)
struct FilterTableTests {
    @Test("No call exists but those of the table, up to numbers that no kernel has yet")
    func sweep() async throws {
        let allowed = try table().filter(\.isDefault)
        let limits = RunLimits(
            cpuTime: .seconds(120), wallTime: .seconds(300), memory: .mebibytes(256))
        let result = try await withSlot { slot in
            try await slot.run(program: "sweep", ["0", "1100"], limits: limits)
        }
        var answers: [Int: String] = [:]
        for line in result.text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            answers[try #require(Int(parts[0]))] = String(parts[1])
        }
        #expect(answers.count == 1101)
        let known = Set(allowed.compactMap(\.number))
        // uretprobe and uprobe, which kernels since 6.11 let past every filter: they answer to nothing
        // but a probe of the kernel's own.
        let answeredByProbes = [335, 336]
        for (number, answer) in answers where !known.contains(number) {
            let allowed = answeredByProbes.contains(number) ? ["38", "6", "S4"] : ["38"]
            #expect(allowed.contains(answer), "call \(number) answers \(answer)")
        }
        // Nothing is no argument of most; those whose condition it breaks are refused too.
        let unconditional = Set(allowed.filter(\.condition.isEmpty).compactMap(\.number))
        let existing = unconditional.count { answers[$0] != "38" }
        #expect(existing > unconditional.count * 9 / 10, "\(existing) of \(unconditional.count)")
    }

    @Test("Every row has a call, a class and a reason, and every extra class has rows")
    func rows() throws {
        let table = try table()
        #expect(table.count > 230)
        for row in table {
            #expect(!row.call.isEmpty && !row.group.isEmpty && !row.reason.isEmpty, "\(row)")
        }
        let extra = Set(table.filter { !$0.isDefault }.map(\.group))
        #expect(extra == Set(ExtraSyscalls.allCases.map(\.rawValue)))
        #expect(table.contains { $0.call == "read" && $0.isDefault && $0.condition.isEmpty })
        #expect(
            table.contains {
                $0.call == "prlimit64" && $0.isDefault
                    && $0.condition.hasPrefix("pid is 0 and resource is ")
            })
        let dangerous = [
            "ptrace", "bpf", "io_uring_setup", "mount", "unshare", "clone3", "keyctl", "splice",
            "sched_setaffinity", "process_vm_readv", "userfaultfd", "inotify_add_watch",
        ]
        for call in dangerous { #expect(!table.contains { $0.call == call }, "\(call)") }
    }

    @Test("A class on request is there for the run that asks, and for no other")
    func extraClasses() async throws {
        let sets: [Set<ExtraSyscalls>] =
            [[], Set(ExtraSyscalls.allCases)] + ExtraSyscalls.allCases.map { [$0] } + [[]]
        // A kernel may lack one; all but that are there without the filter.
        let exists = try await runOutside("extras").text.split(separator: "\n")
            .map { !$0.hasSuffix(" 38") }
        #expect(exists.count == 16 && exists.count { $0 } > 10)
        try await withSlot { slot in
            let bytes = try await Programs.shared.executable("extras")
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "extras", bytes: bytes, executable: true)
            for set in sets {
                let result = try await slot.run(
                    RunRequest(arguments: ["/box/extras"], extraSyscalls: set, limits: roomy),
                    input: .empty, stdout: .captured, stderr: .captured)
                let lines = result.text.split(separator: "\n").map { $0.split(separator: " ") }
                #expect(lines.count == 16)
                for (line, exists) in zip(lines, exists) {
                    let extra = ExtraSyscalls(rawValue: String(line[0]))
                    let isGiven = extra != .rangeLocks || !hasHostNodes
                    let isThere = exists && isGiven && extra.map(set.contains) ?? false
                    #expect((line[1] != "38") == isThere, "\(set): \(line)")
                }
            }
        }
    }

    private func table() throws -> [SyscallRow] {
        try SyscallTable.read(helper: helperPath)
    }
}
