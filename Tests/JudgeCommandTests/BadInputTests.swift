import Foundation
import Testing

@Suite struct BadInputTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    /// Each submission that is refused, and the sentence.
    private static let refusals: [(arguments: [String], sentence: String)] = [
        (["sum", "none.c"], "cannot read none.c: No such file or directory"),
        (["sum", "sum"], "cannot read sum: it is not a file; name files"),
        (["sum", "empty.c"], "the submission is empty"),
        (["sum", "big.c"], "the source has 1025 bytes; problem sum takes at most 1024"),
        (["sun", "a.c"], "there is no problem \"sun\"; did you mean sum?"),
        (["other", "a.c"], "there is no problem \"other\"; see judge problem list"),
        (
            ["sum", "a.c", "-l", "c71"],
            "unknown language \"c71\"; did you mean c11? known are …"
        ),
        (
            ["sum", "a.c", "-l", "python3"],
            "no file is a source of Python 3: it takes .py, .py3, not a.c"
        ),
        (
            ["sum", "a.txt"],
            "cannot tell the language of a.txt by its ending; say it with --language: …"
        ),
        (["sum", "a.c", "other/a.c"], "two files are called a.c; names must differ"),
        (
            ["sum", "a\u{1b}[2J.c"],
            "\"a\\u{1b}[2J.c\" cannot be a source file's name: use letters, digits, _ . - and +, "
                + "beginning with a letter, digit or _"
        ),
        (["sum", "a.c", "--entry-point", "b.c"], "the entry point b.c is not among the files"),
    ]

    @Test("A submission that cannot be judged is refused in a sentence and stored in no part")
    func refused() throws {
        try desk.writePackage()
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        try desk.write("empty.c", "")
        try desk.write("big.c", String(repeating: " ", count: 1_025))
        for name in ["a.c", "a.txt", "a\u{1b}[2J.c", "other/a.c"] {
            try desk.write(name, "int main() {}\n")
        }
        for (arguments, sentence) in Self.refusals {
            let answer = try desk.judge(["submit"] + arguments)
            // The ids of all languages follow where it ends so.
            if sentence.hasSuffix("…") {
                #expect(answer.complaint.hasPrefix("judge: \(sentence.dropLast())"))
                #expect(answer.complaint.contains(", python3, "))
            } else {
                #expect(answer.complaint == "judge: \(sentence)\n")
            }
            #expect(answer.status == 65, "\(arguments)")
            #expect(answer.output.isEmpty)
        }
        #expect(try desk.judge("list", "--json").output == "[]\n")
    }

    @Test(
        "A package with an input but no answer is refused with the file, and nothing is installed")
    func brokenPackage() throws {
        try desk.writePackage()
        try desk.write("sum/data/secret/2.in", "1\n")
        let answer = try desk.judge("problem", "add", "sum")
        #expect(answer.status == 65)
        #expect(answer.complaint.hasPrefix("judge: sum/data/secret/2.in"))
        #expect(!desk.exists("judge-problems/sum"))
        #expect(!desk.exists("judge.db"))
    }

    @Test("A broken problem.yaml is refused with its line")
    func brokenYAML() throws {
        try desk.writePackage()
        try desk.write("sum/problem.yaml", "name: Sum\nlimits: [\n")
        for command in [["problem", "add", "sum"], ["problem", "verify", "./sum"]] {
            let answer = try desk.judge(command)
            #expect(answer.status == 65)
            #expect(answer.complaint.contains("sum/problem.yaml:"))
        }
    }

    @Test("A mistake in judge.conf is reported with file and line by every way to name it")
    func configuration() throws {
        let path = try desk.write("wrong.conf", "[worker]\nslot = 2\n")
        let sentence = "wrong.conf:2: unknown key \"slot\" in [worker]; did you mean \"slots\"?\n"
        let named = try desk.judge("list", "--config", "wrong.conf")
        #expect(named.status == 65)
        #expect(named.complaint == "judge: " + sentence)
        let fromEnvironment = try desk.judge("list", environment: ["JUDGE_CONF": path])
        #expect(fromEnvironment.status == 65)
        #expect(fromEnvironment.complaint.hasSuffix(sentence))
        try desk.write("judge.conf", "[worker]\n\n\nslots = 0\n")
        let found = try desk.judge("list")
        #expect(found.status == 65)
        #expect(
            found.complaint
                == "judge: ./judge.conf:4: slots: 0 is not between 1 and 1024\n")
        let missing = try desk.judge("list", "--config", "none.conf")
        #expect(missing.status == 65)
        #expect(
            missing.complaint
                == "judge: none.conf: cannot be read: No such file or directory\n")
    }

    @Test("A database that is not there or is none is exit code 69")
    func database() throws {
        try desk.write("text.db", String(repeating: "not a database ", count: 100))
        for path in ["none.db", "text.db", "no/dir/judge.db", "."] {
            let answer = try desk.judge("list", "--database", path)
            #expect(answer.status == 69, "\(path): \(answer.complaint)")
            #expect(answer.complaint.hasPrefix("judge: "))
            #expect(answer.complaint.count { $0 == "\n" } == 1)
        }
        #expect(!desk.exists("none.db"))
    }

    @Test("--database comes before $JUDGE_DATABASE, and that before judge.conf")
    func databaseOrder() throws {
        try desk.write("judge.conf", "[database]\npath = \"conf.db\"\n")
        let environment = ["JUDGE_DATABASE": "environment.db"]
        #expect(try desk.judge("database", "migrate").status == 0)
        #expect(try desk.judge("database", "migrate", environment: environment).status == 0)
        #expect(
            try desk.judge(
                "database", "migrate", "--database", "option.db", environment: environment
            ).status == 0)
        #expect(desk.exists("conf.db") && desk.exists("environment.db") && desk.exists("option.db"))
        #expect(!desk.exists("judge.db"))
    }

    @Test("A submission that does not exist is bad input", arguments: ["result", "source"])
    func unknownSubmission(command: String) throws {
        _ = try desk.submit()
        let answer = try desk.judge(command, "7")
        #expect(answer.status == 65)
        #expect(answer.complaint == "judge: there is no submission 7; see judge list\n")
    }
}
