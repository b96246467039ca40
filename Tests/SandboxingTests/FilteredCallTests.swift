import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Calls that end a run", .serialized)
struct FilteredCallTests {
    @Test("A signal that the program sends itself is not the filter's")
    func ownSignal() async throws {
        let result = try await withSlot { try await $0.shell("kill -SYS $$") }
        #expect(result.report.signal == 31)
        #expect(result.report.outcome == .signaled)
        #expect(result.report.filteredCall == nil)
    }

    @Test("Signals to init neither end it nor keep it from seeing the program's end")
    func pestered() async throws {
        let report = try await withSlot { try await $0.run(program: "pester") }.report
        #expect(report.outcome == .exited)
        #expect(report.exitCode == 5)
    }

    #if arch(x86_64)
        @Test(
            "A call of the x32 table ends the run, and the report names it",
            arguments: [("x32", "getpid (x32)"), ("far", "number 2147483647 (x32)")])
        func x32(kind: String, call: String) async throws {
            let report = try await run(kind).report
            expectFiltered(report, call)
            let reason = try #require(report.reason)
            #expect(reason == "made the system call \(call), for which the filter ends a run")
        }

        @Test(
            "A call through the i386 table ends the run before it happens, and the report names it",
            .disabled(if: isUserModeLinux, "user-mode Linux has no such table"),
            arguments: [
                ("i386", "getpid (i386)"), ("write", "write (i386)"), ("elf", "exit (i386)"),
            ])
        func i386(kind: String, call: String) async throws {
            let result = try await run(kind)
            expectFiltered(result.report, call)
            #expect(result.text == "")
        }

        @Test(
            "A child that makes such a call ends the whole run",
            .disabled(if: isUserModeLinux, "user-mode Linux has no such table"))
        func child() async throws {
            // The parent waits for ever: only the filter ends this.
            let report = try await run("child").report
            expectFiltered(report, "getpid (i386)")
            #expect(report.wallTime < .seconds(25))
        }

        @Test(
            "Without the filter the i386 table answers",
            .disabled(if: isUserModeLinux, "user-mode Linux has no such table"))
        func foreignTableOutside() async throws {
            #expect(try await runOutside("foreign", ["write"]).text == "written\nanswer 8\n")
            #expect(try await runOutside("foreign", ["elf"]).status == 42)
        }

        private func run(_ kind: String) async throws -> RunResult {
            try await withSlot { try await $0.run(program: "foreign", [kind]) }
        }

        private func expectFiltered(_ report: RunReport, _ call: String) {
            #expect(report.outcome == .signaled)
            #expect(report.signal == 31)
            #expect(report.exitCode == nil)
            #expect(report.filteredCall == call)
        }
    #endif
}
