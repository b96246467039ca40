import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// A package's own validators, tried on outputs that no example gives.
@Suite struct ValidatorTrialTests {
    private static let answer = "41 is the answer\n"
    private static let outputLimit = ByteCount(10_000)

    /// - Parameter code: what the validator says of an output, as an exit code.
    private static func verification(
        tests: [String] = ["1"], _ code: @escaping @Sendable ([UInt8]) -> Int32
    ) async throws -> (Verification, outputs: [[UInt8]]) {
        let answers = Dictionary(uniqueKeysWithValues: tests.map { ("\($0).ans", answer) })
        let inputs = Dictionary(uniqueKeysWithValues: tests.map { ("\($0).in", "") })
        let folder = try JudgeTests.Folder(
            ["check.cpp": "int"].merging(answers) { first, _ in first }
                .merging(inputs) { first, _ in first })
        var problem = JudgeTests.problem(folder, tests: tests)
        problem.limits.output = outputLimit
        problem.programs.outputValidators = [
            PackageProgram(
                path: "output_validators/check",
                files: [PackageFile(name: "check.cpp", path: "\(folder.path)/check.cpp")])
        ]
        let companion = ScriptedSlot { call throws(SandboxError) in
            call.request.boxWritable
                ? .init(report: .exit(0), left: ["main": [7]])
                : .init(report: .exit(code(call.bytes)), stderr: Array("at line 7".utf8))
        }
        let slot = ScriptedSlot(companion: companion) { _ throws(SandboxError) in
            .init(report: .exit(0))
        }
        let found = try await PackageVerifier(languages: VerifierTests.languages).verify(
            problem, on: [slot])
        let runs = await companion.calls.filter { !$0.request.boxWritable }
        return (found, runs.map(\.bytes))
    }

    private static func isAnswer(_ output: [UInt8]) -> Bool {
        output.split { $0 <= 32 } == Array(answer.utf8).split { $0 <= 32 }
    }

    @Test(
        "Validators are tried on empty, huge, binary and changed outputs, within the output limit")
    func outputs() async throws {
        let (found, outputs) = try await Self.verification { Self.isAnswer($0) ? 42 : 43 }
        #expect(found.ok && found.faults == [])
        #expect(outputs.contains([]))
        #expect(outputs.contains { $0.count == Self.outputLimit.bytes && !$0.contains(10) })
        #expect(outputs.contains { $0.count == Self.outputLimit.bytes && $0.contains(10) })
        #expect(outputs.contains { Set($0).count == 256 })
        #expect(outputs.contains { $0.allSatisfy { $0 == 0 } && !$0.isEmpty })
        let answer = Array(Self.answer.utf8)
        #expect(outputs.contains { $0.count == answer.count && $0 != answer })
        #expect(outputs.contains(answer + answer))
        #expect(outputs.contains(Array("nan is the answer\n".utf8)))
        #expect(outputs.allSatisfy { $0.count <= Self.outputLimit.bytes })
    }

    @Test("A validator that fails on such an output is a mistake of the package, in its own words")
    func fails() async throws {
        let (found, outputs) = try await Self.verification { $0.contains(0xEF) ? 1 : 43 }
        #expect(!found.ok && found.submissions.isEmpty)
        let sentence = try #require(found.faults.first)
        #expect(sentence.hasPrefix("secret/1, binary output: "), "\(sentence)")
        #expect(sentence.contains("at line 7"), "\(sentence)")
        #expect(outputs.count > found.faults.count)
    }

    @Test("A validator that accepts what can be no answer is a warning")
    func accepts() async throws {
        let (found, _) = try await Self.verification { $0.isEmpty || Self.isAnswer($0) ? 42 : 43 }
        #expect(found.ok)
        #expect(
            found.warnings.contains("secret/1: the output validator accepts an empty output"))
        #expect(found.warnings.count { $0.contains("accepts") } == 1)
    }

    @Test("Of many tests the first, one in the middle and the last are tried, the same every time")
    func someTests() async throws {
        let names = (1...9).map(String.init)
        let (found, outputs) = try await Self.verification(tests: names) {
            $0.isEmpty ? 42 : 43
        }
        #expect(
            found.warnings.filter { $0.contains("an empty output") }
                .map { $0.prefix { $0 != ":" } } == ["secret/1", "secret/5", "secret/9"])
        let again = try await Self.verification(tests: names) { $0.isEmpty ? 42 : 43 }
        #expect(outputs == again.outputs && found == again.0)
    }

    @Test("A validator that cannot be made is a mistake of the package before any example runs")
    func broken() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "1", "check.java": "class A {}"])
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.programs.outputValidators = [
            PackageProgram(
                path: "output_validators/check",
                files: [PackageFile(name: "check.java", path: "\(folder.path)/check.java")])
        ]
        let slot = ScriptedSlot { _ throws(SandboxError) in .init(report: .exit(0)) }
        let found = try await PackageVerifier(languages: VerifierTests.languages).verify(
            problem, on: [slot])
        #expect(!found.ok)
        #expect(found.faults.count == 1 && found.submissions.isEmpty)
        #expect(found.faults.first?.contains("output_validators/check") == true, "\(found.faults)")
        problem.timeLimit = nil
        let unmeasured = try await PackageVerifier(languages: VerifierTests.languages)
            .timeLimit(of: problem, on: slot)
        #expect(unmeasured.limit == nil && unmeasured.warnings == found.faults)
        #expect(await slot.calls.isEmpty)
    }
}
