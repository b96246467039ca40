import Foundation
import JudgeCore
import Judging
import Logging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

@Suite("Headers that are precompiled")
struct HeaderTests {
    private let folder: CacheFolder

    init() throws { folder = try CacheFolder() }

    private static var language: Language {
        var language = JudgeTests.cpp
        language.compile = ["/usr/bin/g++", "{precompiled}", "-o", "main", "{sources}"]
        language.header = "bits/stdc++.h"
        language.precompile = [
            "/usr/bin/g++", "-x", "c++-header", "{header}", "-o", "{precompiled}",
        ]
        return language
    }

    /// What a compiler was asked for.
    private enum Step: Equatable {
        case header
        /// By what the source is called like.
        case program(withHeader: Bool)
    }

    /// A slot whose compiler does as it is told; it remembers what it was asked for.
    private struct Desk {
        let slot: ScriptedSlot
        private let steps: Log

        private final class Log: Sendable {
            let steps = Mutex<[Step]>([])
        }

        var asked: [Step] { steps.steps.withLock { $0 } }

        init(_ answer: @escaping @Sendable (Step) -> ScriptedSlot.Answer?) {
            let log = Log()
            steps = log
            slot = ScriptedSlot { call throws(SandboxError) in
                guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
                let arguments = call.request.arguments
                let step =
                    arguments.contains("c++-header")
                    ? Step.header : .program(withHeader: arguments.contains("-I"))
                log.steps.withLock { $0.append(step) }
                return answer(step)
                    ?? .init(
                        report: .exit(0),
                        left: step == .header ? ["header.gch": [7]] : ["main": [1]])
            }
        }
    }

    private static let text = "#include <bits/stdc++.h>\nint main() {}\n"

    private func judge(
        _ texts: [String: String], _ cache: CompileCache, _ desk: Desk
    ) async throws -> Judgement {
        let files = texts.map { SourceFile(name: $0.key, bytes: Array($0.value.utf8)) }
        return try await Judge(compiled: cache).judge(
            SourceSet(files: files), in: Self.language,
            problem: folder.problem, on: desk.slot)
    }

    @Test(
        "It is made once, put beside the sources, and searched first; other workers take it from disk"
    )
    func made() async throws {
        let desk = Desk { _ in nil }
        let cache = try folder.cache()
        for number in 1...2 {
            #expect(
                try await judge(["a.cpp": Self.text + "//\(number)"], cache, desk).verdict
                    == .accepted)
        }
        #expect(
            try await judge(["a.cpp": Self.text + "//3"], folder.cache(), desk).verdict == .accepted
        )
        #expect(
            desk.asked == [
                .header, .program(withHeader: true), .program(withHeader: true),
                .program(withHeader: true),
            ])
        let calls = await desk.slot.calls
        #expect(calls[0].box == ["header.h": Array("#include <bits/stdc++.h>\n".utf8)])
        let compilation = calls[1]
        #expect(
            compilation.request.arguments == [
                "/usr/bin/g++", "-I", ".judge", "-o", "main", "a.cpp",
            ])
        #expect(compilation.box.keys.sorted() == [".judge/bits/stdc++.h.gch", "a.cpp"])
        // Runs do not have it.
        #expect(calls[2].box.keys.sorted() == ["main"])
    }

    private static let others: [[String: String]] = [
        ["a.cpp": "int main() {}\n"],
        ["a.cpp": "#include <iostream>\n#include <bits/stdc++.h>\n"],
        ["a.cpp": "#define int long long\n" + text],
        ["a.cpp": "#pragma GCC optimize(\"Ofast\")\n" + text],
        ["a.cpp": "#pragma GCC target(\"avx2\")\n" + text],
        ["a.cpp": "#include \"bits/stdc++.h\"\n"],
        ["a.cpp": "// \\\n" + text],
        ["a.cpp": "// ??/\n" + text],
        ["a.cpp": "/* *\\\n/ #define x\n/* */" + text],
        ["a.cpp": "/* open\n" + text],
        ["a.cpp": "/ / \n" + text],
        ["a.cpp": "\u{FEFF}" + text],
        ["a.cpp": "#include <bits/stdc++.h> int x;\n"],
        ["a.cpp": "#include <bits/stdc++.hpp>\n"],
        ["a.cpp": "#define int long\n#include \"b.h\"\n", "b.h": text],
        ["a.cpp": text, "b.h": "#define x\n" + text],
        ["a.cpp": text, "b.h": text],
        ["a.cpp": text, "b.cpp": "#define x y\n" + text],
        ["a.cpp": text, "stdc++.h": "int x;\n"],
        ["b.h": text, "a.cpp": "int main() {}\n"],
    ]

    @Test(
        "It is not used where anything could stand before it that changes what it means",
        arguments: others.indices)
    func unused(row: Int) async throws {
        let desk = Desk { _ in nil }
        #expect(try await judge(Self.others[row], folder.cache(), desk).verdict == .accepted)
        #expect(desk.asked == [.program(withHeader: false)], "\(Self.others[row])")
    }

    private static let uses: [[String: String]] = [
        ["a.cpp": text],
        ["a.cpp": "\n\t // a sum\r\n/* of\n two */ # include\t<bits/stdc++.h> \r\nint x;"],
        ["a.cpp": "/**/" + text], ["a.cpp": "#include <bits/stdc++.h>"],
        ["a.cpp": text, "b.cpp": text], ["a.cpp": text, "b.h": "#define int long\n"],
        ["a.cpp": text, "b.cpp": "#include <map>\n"],
    ]

    @Test("Comments and white space may stand before it", arguments: uses.indices)
    func used(row: Int) async throws {
        let desk = Desk { _ in nil }
        #expect(try await judge(Self.uses[row], folder.cache(), desk).verdict == .accepted)
        #expect(desk.asked == [.header, .program(withHeader: true)], "\(Self.uses[row])")
    }

    @Test("Sources that do not compile are compiled without it, and that is what is said of them")
    func refused() async throws {
        let desk = Desk { step in
            switch step {
            case .header: nil
            case .program(let withHeader):
                .init(report: .exit(1), stdout: withHeader ? "with" : "without")
            }
        }
        let cache = try folder.cache()
        for _ in 1...2 {
            let judgement = try await judge(["a.cpp": Self.text], cache, desk)
            #expect(judgement.verdict == .compilerError)
            #expect(judgement.compile?.output == "without")
        }
        let both: [Step] = [.program(withHeader: true), .program(withHeader: false)]
        #expect(desk.asked == [.header] + both + both)
    }

    @Test(
        "One with which sources do not compile that compile without it is used no more, and is removed"
    )
    func distrusted() async throws {
        let desk = Desk { step in
            step == .program(withHeader: true) ? .init(report: .exit(1)) : nil
        }
        let cache = try folder.cache()
        for number in 1...2 {
            #expect(
                try await judge(["a.cpp": Self.text + "//\(number)"], cache, desk).verdict
                    == .accepted)
        }
        #expect(
            desk.asked == [
                .header, .program(withHeader: true), .program(withHeader: false),
                .program(withHeader: false),
            ])
        #expect(try folder.kept("headers") == [])
    }

    @Test("What a limit stops with it is no fault of the header's")
    func limited() async throws {
        let desk = Desk { step in
            step == .program(withHeader: true) ? .init(report: .ended(.memory)) : nil
        }
        let cache = try folder.cache()
        for number in 1...2 {
            _ = try await judge(["a.cpp": Self.text + "//\(number)"], cache, desk)
        }
        #expect(desk.asked.count { $0 == .program(withHeader: true) } == 2)
    }

    @Test(
        "One that cannot be made, or finds no room, is tried once; judging goes on",
        arguments: 0..<3)
    func impossible(row: Int) async throws {
        let desk = Desk { step in
            guard step == .header else { return nil }
            switch row {
            case 0: return .init(report: .exit(1))
            case 1: return .init(report: .exit(0))
            default:
                return .init(
                    report: .exit(0), left: ["header.gch": [UInt8](repeating: 1, count: 300_000)])
            }
        }
        let cache = try folder.cache()
        for number in 1...2 {
            #expect(
                try await judge(["a.cpp": Self.text + "//\(number)"], cache, desk).verdict
                    == .accepted)
        }
        #expect(
            desk.asked == [
                .header, .program(withHeader: false), .program(withHeader: false),
            ])
    }

    @Test("A program is taken from the cache whether it was made with a header or without")
    func shared() async throws {
        let desk = Desk { _ in nil }
        let cache = try folder.cache()
        _ = try await judge(["a.cpp": Self.text], cache, desk)
        try FileManager.default.removeItem(atPath: folder.path + "/cache/headers")
        _ = try await judge(["a.cpp": Self.text], cache, desk)
        #expect(desk.asked == [.header, .program(withHeader: true)])
    }
}
