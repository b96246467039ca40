import Foundation
import Testing

/// What a file is called is never an option, a path, a pattern, a command or a placeholder, neither to the judge nor
/// to a compiler: a submission is refused for it in one sentence, or judged as under any other name.
@Suite(
    "Names of source files that could be more than names",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct SourceNameTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write("judge.conf", "")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
    }

    private static let rule =
        "cannot be a source file's name: use letters, digits, _ . - and +, beginning with a letter, "
        + "digit or _"

    /// Some would make a file `canary` where a shell read them, some are options of compilers or of the
    /// judge, some stand for other files.
    private static let refused = [
        "-o.c", "-ocanary.c", "--help.c", "--help", ".c", "..c", "@file.java", "-J-version.java",
        "$(touch canary).py", "`touch canary`.py", "x;touch canary;.py", "x|touch canary|.py",
        "x&touch canary&.py", "x\ntouch canary\n.py", "x\n.c", "x\r.c", "x\t.c", "x>canary.c",
        ";rm.py", "a b.cpp", " .c", "a\"b.c", "a'b.c", "a\\b.c", "%s.c", "%n%n%n.c", "*.c", "?.c",
        "~.c", "[a].c", "{sources}.c", "{entry}.py", "{memory_mib}.py", "{a,b}.c", "#a.c", "!a.c",
        "=a.c", "a=b.c", "a,b.c", "a:b.c", "é.c", "e\u{301}.c", "ж.py", "名.java",
        "\u{202e}c.c", "\u{1b}[2J.c",
    ]

    /// These are names as any other, however they look.
    private static let judged = [
        "con.c", "nul.c", "aux.py", "program.c", "a..c", "a+b.c", "_-o.c", "a.c.py",
        "__pycache__.py", "c++.cpp", "x.C", "1.py", "core.c",
        String(repeating: "a", count: 198) + ".c", String(repeating: "a", count: 197) + ".py",
    ]

    private static let c =
        "#include <stdio.h>\nint main(void) { int a, b; scanf(\"%d %d\", &a, &b); printf(\"%d\\n\", a + b); }\n"

    private static func source(_ name: String) -> String {
        name.hasSuffix(".py") ? "print(sum(map(int, input().split())))\n" : c
    }

    /// A name without an ending says nothing of its language.
    private static func language(_ name: String) -> String {
        if name.hasSuffix(".py") { return "python3" }
        if name.hasSuffix(".java") { return "java" }
        return name.hasSuffix(".cpp") || name.hasSuffix(".C") ? "cpp17" : "c17"
    }

    /// What lies in the desk's directory, but for what calls of the judge may leave there.
    private func listing() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: desk.directory.path(percentEncoded: false)
        )
        .filter { !$0.hasPrefix("judge") }.sorted()
    }

    @Test("A name with other marks is refused in a sentence, and nothing comes of what it says")
    func refuses() throws {
        for name in Self.refused { try desk.write("names/\(name)", Self.source(name)) }
        let before = try listing()
        for name in Self.refused {
            for command in ["run", "submit"] {
                let answer = try desk.judge(
                    command, "sum", "names/\(name)", "-l", Self.language(name))
                #expect(answer.status == 65, "\(command) \(name): \(answer)")
                #expect(answer.output == "", "\(command) \(name)")
                let known =
                    answer.complaint.contains(Self.rule)
                    // None of the language's endings is in these.
                    || answer.complaint.contains("no file is a source of")
                #expect(known, "\(command) \(name): \(answer)")
                // The sentence is one line that a terminal cannot mistake for a command either.
                #expect(!answer.complaint.contains("\u{1b}"))
                #expect(answer.complaint.count { $0 == "\n" } == 1, "\(answer)")
            }
        }
        #expect(try listing() == before)
        #expect(try desk.judge("list", "--json").output == "[]\n")
    }

    @Test("A name that begins with - is an option of the judge only where it stands for one")
    func options() throws {
        for name in ["-o.c", "-ocanary.c", "--help.c"] {
            try desk.write(name, Self.c)
            let option = try desk.judge("submit", "sum", name)
            #expect(option.status == 64, "\(option)")
            let file = try desk.judge("submit", "sum", "--", name)
            #expect(file.status == 65)
            #expect(file.complaint.contains(Self.rule), "\(file)")
        }
        #expect(!desk.exists("canary.c") && !desk.exists("canary"))
    }

    @Test("An odd name of letters, digits and a few marks is judged as any other")
    func judges() throws {
        var submitted = 0
        for name in Self.judged {
            try desk.write("names/\(name)", Self.source(name))
            let language = Self.language(name)
            let run = try desk.judge("run", "sum", "names/\(name)", "-l", language)
            #expect(run.status == 0, "\(name): \(run)")
            let answer = try desk.judge("submit", "sum", "names/\(name)", "-l", language)
            #expect(answer.status == 0, "\(name): \(answer)")
            submitted += 1
        }
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker)")
        let list = try desk.judge("list", "--json").output
        #expect(list.matches(of: /"verdict": "AC"/).count == submitted, "\(list)")
    }

    @Test("A file that is called as the program is not taken for it where the source is broken")
    func product() throws {
        try desk.write("names/program", "#!/bin/sh\necho 3\n")
        try desk.write("names/main.c", "int main(\n")
        let answer = try desk.judge(
            "run", "sum", "names/main.c", "names/program", "--json")
        #expect(answer.status == 1)
        #expect(answer.output.contains("\"verdict\": \"CE\""), "\(answer)")
        try desk.write("names/main.c", Self.c)
        #expect(try desk.judge("run", "sum", "names/main.c", "names/program").status == 0)
    }

    @Test("Of a path the last part is the name, wherever the path leads")
    func paths() throws {
        try desk.write("x.c", Self.c)
        try desk.write("inner/y.c", Self.c)
        let whole = desk.directory.appending(path: "x.c").path(percentEncoded: false)
        for path in ["inner/../x.c", "./x.c", ".//x.c", whole] {
            #expect(try desk.judge("run", "sum", path).status == 0, "\(path)")
            let answer = try desk.judge("submit", "sum", path)
            try #require(answer.status == 0)
            let id = String(answer.output.dropLast())
            let source = try desk.judge("source", id, "--json")
            #expect(source.output.contains("\"name\": \"x.c\""), "\(source)")
        }
        let climbing = try desk.shell("cd inner && \"$0\" run ../sum ../x.c --config ../judge.conf")
        #expect(climbing.status == 0, "\(climbing)")
    }

    @Test("A name that is longer than what all compilers make of it can be is refused")
    func long() throws {
        for length in [201, 255] {
            let name = String(repeating: "a", count: length - 3) + ".py"
            try desk.write("names/\(name)", Self.source(name))
            for command in ["run", "submit"] {
                let answer = try desk.judge(command, "sum", "names/\(name)")
                #expect(answer.status == 65)
                #expect(
                    answer.complaint
                        == "judge: \"\(name)\" cannot be a source file's name: it has \(length) bytes; "
                        + "use at most 200\n")
            }
        }
        let name = String(repeating: "a", count: 253) + ".py"
        let answer = try desk.judge("submit", "sum", name)
        #expect(answer.status == 65)
        #expect(answer.complaint == "judge: cannot read \(name): File name too long\n")
    }

    @Test("A name that is no UTF-8 is refused")
    func bytes() throws {
        let before = try listing()
        for command in ["run", "submit"] {
            let answer = try desk.shell(
                """
                name=$(printf 'a\\377\\376.c') && mkdir -p names && echo 'int main() {}' > "names/$name" &&
                "$0" \(command) sum "names/$name"; status=$?; rm -r names; exit $status
                """)
            #expect(answer.status == 65, "\(answer)")
            #expect(answer.complaint.count { $0 == "\n" } == 1)
        }
        #expect(try listing() == before)
    }
}
