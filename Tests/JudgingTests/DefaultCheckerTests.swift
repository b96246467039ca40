import Foundation
import Glibc
import Judging
import Testing

@Suite struct DefaultCheckerTests {
    static func answer(
        _ output: [UInt8], _ answer: [UInt8], _ flags: [String] = []
    ) throws -> CheckerAnswer {
        let checker = DefaultChecker(try ValidatorFlags(parsing: flags, strict: false))
        return output.withUnsafeBytes { output in
            answer.withUnsafeBytes { checker.compare(output: output, answer: $0) }
        }
    }

    static func accepts(_ output: String, _ expected: String, _ flags: [String] = []) throws -> Bool
    {
        try answer(Array(output.utf8), Array(expected.utf8), flags) == .accepted
    }

    /// Ambiguous cases where the format's grammar and the reference tools, which use scanf, differ;
    /// this judge follows the grammar: `0xA` and `1e` are no numbers, and a NUL is part of a token.
    static let decided = [
        "edge_float_hex": 43, "edge_float_exp_no_digits": 43, "edge_nul_in_token": 43,
        "edge_float_inf_vs_infinity": 43,
    ]

    static func cases() throws -> [[String: Any]] {
        let file = try #require(
            Bundle.module.url(
                forResource: "default-validator", withExtension: "jsonl", subdirectory: "Data"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    static func bytes(_ value: Any?) throws -> [UInt8] {
        let value = try #require(value as? [String: String])
        if let text = value["text"] { return Array(text.utf8) }
        return Array(try #require(Data(base64Encoded: value["base64"] ?? "?")))
    }

    @Test("Every known case of the default validator has its known answer")
    func knownCases() throws {
        let cases = try Self.cases()
        #expect(cases.count == 59)
        for one in cases {
            let id = try #require(one["id"] as? String)
            let flags = try #require(one["args"] as? [String])
            let output = try Self.bytes(one["output"])
            let expected = try Self.bytes(one["answer"])
            if one["exit"] as? String == "judge_error" {
                #expect(throws: ValidatorFlagsError.self, "\(id)") {
                    try Self.answer(output, expected, flags)
                }
                continue
            }
            let exit = try #require(Self.decided[id] ?? one["exit"] as? Int, "\(id)")
            let accepted = try Self.answer(output, expected, flags) == .accepted
            #expect(accepted == (exit == 42), "\(id)")
        }
    }

    @Test(
        "A difference of exactly the tolerance is accepted, one digit more is not",
        arguments: [
            ("1.1", "1.0", "0.1", true), ("1.1000000000000000000000000001", "1.0", "0.1", false),
            ("0.3", "0.1", "0.2", true), ("-0.1", "0.1", "0.2", true),
            ("-0.10000000000000000000001", "0.1", "0.2", false),
            ("1000000000000000000000.5", "1000000000000000000000", "0.5", true),
            ("1000000000000000000000.51", "1000000000000000000000", "0.5", false),
            ("1e-300", "2e-300", "1e-300", true), ("1e-300", "2.1e-300", "1e-300", false),
            ("99999999999999999999", "100000000000000000000", "1", true),
            ("5", "5", "0", true), ("5.0000000000000000000000001", "5", "0", false),
            ("3", "7", "4", true), ("7", "3", "3.9", false),
        ])
    func absoluteEdge(output: String, answer: String, tolerance: String, accepted: Bool) throws {
        let flags = ["float_absolute_tolerance", tolerance]
        #expect(try Self.accepts(output, answer, flags) == accepted)
    }

    @Test(
        "A relative tolerance is a part of the answer's size, to the last digit",
        arguments: [
            ("110", "100", "0.1", true), ("110.0000000000000000001", "100", "0.1", false),
            ("100", "110", "0.0909", false), ("-110", "-100", "0.1", true),
            ("0", "0", "0.1", true), ("1e-400", "0", "0.1", false), ("-0.0", "0", "0.1", true),
            ("1.000001", "1", "1e-6", true), ("1.0000010000000000001", "1", "1e-6", false),
            ("2e400", "1e400", "0.5", false), ("2e400", "1e400", "1", true),
            ("1.5e-500", "1e-500", "0.5", true), ("1.6e-500", "1e-500", "0.5", false),
            ("1e999999999999", "1", "1", false), ("1e-999999999999", "1", "1", true),
            ("-1e-999999999999", "1", "1", false), ("1", "1e-999999999999", "9e300", false),
        ])
    func relativeEdge(output: String, answer: String, tolerance: String, accepted: Bool) throws {
        let flags = ["float_relative_tolerance", tolerance]
        #expect(try Self.accepts(output, answer, flags) == accepted)
    }

    @Test(
        "Only whole tokens of the format's grammar are numbers",
        arguments: [
            ("5.", true), (".5e1", true), ("+5", true), ("0005", true), ("5E0", true),
            ("50e-1", true), ("5e", false), ("5e+", false), ("e5", false), (".", false),
            ("0x5", false), ("5f", false), ("5.0.", false), ("--5", false), ("5,0", false),
            ("5\u{0}", false), ("nan", false), ("inf", false), ("-", false),
        ])
    func grammar(token: String, isNumber: Bool) throws {
        #expect(try Self.accepts(token, "5", ["float_tolerance", "1e-9"]) == isNumber)
    }

    @Test("A case difference in a token that is no number is accepted beside a tolerance")
    func textBesideNumbers() throws {
        #expect(try Self.accepts("YES 1.05", "yes 1", ["float_tolerance", "0.1"]))
        #expect(
            try !Self.accepts("YES 1.05", "yes 1", ["float_tolerance", "0.1", "case_sensitive"]))
        #expect(try !Self.accepts("1.0", "one", ["float_tolerance", "0.1"]))
    }

    @Test("White space must be equal byte for byte when the flag says so")
    func spaceSensitive() throws {
        let flags = ["space_change_sensitive"]
        #expect(try Self.accepts("A b\n", "a b\n", flags))
        #expect(try !Self.accepts("a b\r\n", "a b\n", flags))
        #expect(try !Self.accepts("a b\n\n", "a b\n", flags))
        #expect(try !Self.accepts("a\tb\n", "a b\n", flags))
    }

    @Test(
        "A wrong flag is an error that names it",
        arguments: [
            ["float_tolerance", "-1"], ["float_tolerance", "inf"], ["float_tolerance", "1e"],
            ["float_tolerance", "1e999999"], ["float_relative_tolerance"], ["case-sensitive"],
            ["1e-6"],
        ])
    func wrongFlags(flags: [String]) throws {
        let error = try #require(throws: ValidatorFlagsError.self) {
            try ValidatorFlags(parsing: flags, strict: false)
        }
        #expect(error.description.contains(flags[0]))
    }

    @Test("A tolerance given twice is an error from 2023-07 on, and the last counts before")
    func repeatedTolerance() throws {
        let twice = ["float_tolerance", "1e-9", "float_absolute_tolerance", "1"]
        #expect(throws: ValidatorFlagsError.self) {
            try ValidatorFlags(parsing: twice, strict: true)
        }
        #expect(throws: ValidatorFlagsError.self) {
            try ValidatorFlags(
                parsing: ["float_tolerance", "1", "float_tolerance", "2"], strict: true)
        }
        _ = try ValidatorFlags(
            parsing: ["float_relative_tolerance", "1", "float_absolute_tolerance", "2"],
            strict: true)
        #expect(try Self.accepts("1.5", "1", twice))
    }

    @Test("The message says where the first difference is, and cuts long tokens")
    func messages() throws {
        func message(_ output: String, _ answer: String, _ flags: [String] = []) throws -> String {
            guard
                case .rejected(let text) = try Self.answer(
                    Array(output.utf8), Array(answer.utf8), flags)
            else { return "accepted" }
            return text
        }
        #expect(
            try message("1 2\n 4\n", "1 2\n3\n")
                == "line 2, column 2, token 3: got \"4\", expected \"3\"")
        #expect(
            try message("1\n", "1 2\n")
                == "line 2, column 1, token 2: the output ends, expected \"2\"")
        #expect(
            try message("1 2\n", "1") == "line 1, column 3, token 2: got \"2\", expected the end")
        #expect(
            try message("a  b", "a b", ["space_change_sensitive"])
                == "line 1, column 3, token 2: white space differs")
        #expect(
            try message("1.5", "1", ["float_tolerance", "0.1"])
                == "line 1, column 1, token 1: got \"1.5\", expected \"1\", more than the tolerance apart"
        )
        let long = try message(String(repeating: "å", count: 5_000_000), "x")
        #expect(long.contains("... (9999960 bytes more)"))
        #expect(long.utf8.count < 200)
        let odd = try message("x" + String(repeating: "å", count: 30), "x")
        #expect(odd.contains("å\"... (22 bytes more)"))
        guard case .rejected(let text) = try Self.answer([0xFF, 0, 0x41], [0x42]) else {
            Issue.record("accepted")
            return
        }
        #expect(text.contains("\"\\xff\\x00A\""))
    }

    @Test("Numbers of a million digits are compared by all of them")
    func longNumbers() throws {
        let zeros = String(repeating: "0", count: 1_000_000)
        let flags = ["float_tolerance", "1"]
        #expect(try Self.accepts("1\(zeros)2", "1\(zeros)1", flags))
        #expect(try !Self.accepts("1.\(zeros)1", "0", ["float_absolute_tolerance", "1"]))
        #expect(try Self.accepts("1.\(zeros)0", "0", ["float_absolute_tolerance", "1"]))
    }
}

/// What a hostile output can make the comparison do, in two sizes.
@Suite("The time of a comparison")
struct DefaultCheckerTimeTests {
    static let kinds: [(name: String, output: String, answer: String, flags: [String])] = [
        ("equal", "12 ", "12 ", []), ("other case", "Ab ", "aB ", []),
        ("white space", " \n", "", []), ("one token", "a", "a", []),
        ("one token in another case", "A", "a", []),
        ("numbers", "1.5 ", "1.25 ", ["float_tolerance", "1"]),
        ("numbers at the edge", "1.1 ", "1 ", ["float_absolute_tolerance", "0.1"]),
        ("one number", "7", "7", ["float_relative_tolerance", "1e-9"]),
        ("sensitive to space", "ab  ", "aB  ", ["space_change_sensitive"]),
    ]

    static func time(_ row: Int, count: Int) throws -> Duration {
        let (_, output, answer, flags) = Self.kinds[row]
        let left = Array(String(repeating: output, count: count).utf8) + Array("x".utf8)
        let right = Array(String(repeating: answer, count: count).utf8) + Array("y".utf8)
        let checker = DefaultChecker(try ValidatorFlags(parsing: flags, strict: false))
        return (0..<5).map { _ in
            let start = cpuTime
            left.withUnsafeBytes { left in
                right.withUnsafeBytes { right in
                    #expect(checker.compare(output: left, answer: right) != .accepted)
                }
            }
            return cpuTime - start
        }.min() ?? .zero
    }

    /// Of this thread, which others on the machine do not lengthen.
    private static var cpuTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    @Test(
        "Sixteen times the output takes no more than some sixteen times as long", arguments: 0..<9)
    func linear(row: Int) throws {
        let short = try Self.time(row, count: 4_000)
        let long = try Self.time(row, count: 64_000)
        // A comparison that grows with the square would take 256 times as long.
        #expect(long < short * 80, "\(Self.kinds[row].name): \(short), then \(long)")
    }
}
