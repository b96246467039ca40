import Foundation
import Testing

@Suite struct ProblemTests {
    @Test("A problem that cannot be registered leaves no copy of its package")
    func notRegistered() throws {
        let desk = try Desk()
        try desk.writePackage()
        #expect(try desk.judge("database", "migrate").status == 0)
        let holder = Process()
        holder.executableURL = URL(filePath: "/usr/bin/sqlite3")
        holder.arguments = [desk.directory.path(percentEncoded: false) + "/judge.db"]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        defer { holder.waitUntilExit() }
        defer { try? input.fileHandleForWriting.close() }
        try input.fileHandleForWriting.write(
            contentsOf: Data("BEGIN EXCLUSIVE; SELECT 'held';\n".utf8))
        #expect(
            String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
        let answer = try desk.judge("problem", "add", "sum")
        #expect(answer.status == 75, "\(answer.complaint)")
        #expect(!desk.exists("judge-problems/sum"))
    }

    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("An installed problem is judged by its copy and listed until it is removed")
    func installed() throws {
        try desk.writePackage()
        let added = try desk.judge("problem", "add", "sum", "--id", "plus")
        #expect(added.output == "plus: 1 tests, time limit 1.000 s\n")
        try FileManager.default.removeItem(at: desk.directory.appending(path: "sum"))
        let shown = try desk.judge("problem", "show", "plus")
        #expect(shown.status == 0)
        #expect(shown.output.hasPrefix("problem plus\n  name        Sum\n"))
        #expect(try desk.judge("problem", "list").output.contains("plus  Sum      1.000 s"))

        #expect(desk.exists("judge-problems/plus"))
        #expect(try desk.judge("problem", "remove", "plus").status == 0)
        #expect(try desk.judge("problem", "list", "--json").output == "[]\n")
        let copies = try FileManager.default.contentsOfDirectory(
            atPath: desk.directory.appending(path: "judge-problems/plus").path)
        #expect(copies.isEmpty)
        let again = try desk.judge("problem", "remove", "plus")
        #expect(again.status == 65)
        #expect(again.complaint == "judge: there is no problem \"plus\"; see judge problem list\n")
    }

    @Test("A package is added from a ZIP file; adding the same again changes nothing")
    func archive() throws {
        try desk.writePackage()
        try #require(
            try desk.shell("/usr/bin/python3 -m zipfile -c sum.zip sum/").status == 0)
        let added = try desk.judge("problem", "add", "sum.zip", "--json")
        #expect(added.status == 0, "\(added.complaint)")
        let again = try desk.judge("problem", "add", "sum", "--json")
        #expect(again.status == 0 && again.output == added.output)
        try desk.write("sum/data/secret/1.ans", "4\n")
        let changed = try desk.judge("problem", "add", "sum", "--json")
        #expect(changed.status == 0 && changed.output != added.output)
        try desk.write("bad.zip", "PK")
        let bad = try desk.judge("problem", "add", "bad.zip")
        #expect(bad.status == 65)
        #expect(bad.complaint == "judge: bad.zip: is not a whole ZIP archive\n")
    }

    @Test("The copy that a submission came for stays when its problem is removed")
    func copyStays() throws {
        let id = try desk.submit()
        #expect(try desk.judge("problem", "remove", "sum").status == 0)
        let copies = try FileManager.default.contentsOfDirectory(
            atPath: desk.directory.appending(path: "judge-problems/sum").path)
        #expect(copies.count == 1)
        #expect(try desk.judge("result", "\(id)").status == 0)
        #expect(try desk.judge("submit", "sum", "main.cpp").status == 65)
    }

    @Test("The submitted files come back byte for byte, and nothing is overwritten")
    func source() throws {
        let id = try desk.submit()
        let several = try desk.judge("source", "\(id)")
        #expect(several.status == 65)
        #expect(
            several.complaint
                == "judge: submission 1 has 2 files (main.cpp, util.h); "
                + "name a directory for them with --output\n")
        #expect(try desk.judge("source", "\(id)", "--output", "out").status == 0)
        for name in ["main.cpp", "util.h"] {
            let (file, copy) = (desk.directory.appending(path: name), "out/" + name)
            #expect(
                try Data(contentsOf: file)
                    == Data(contentsOf: desk.directory.appending(path: copy)))
        }
        let again = try desk.judge("source", "\(id)", "--output", "out")
        #expect(again.status == 65)
        #expect(again.complaint == "judge: cannot write out/main.cpp: File exists\n")

        try desk.write("raw.c", "\u{0}\r\nno end")
        #expect(try desk.judge("submit", "sum", "raw.c").output == "2\n")
        #expect(try desk.judge("source", "2").output == "\u{0}\r\nno end")
        #expect(try desk.judge("source", "2", "--json").output.contains("\"AA0Kbm8gZW5k\""))
    }

    @Test("A copy that cannot be written is not the package's fault")
    func unwritable() throws {
        let desk = try Desk()
        try desk.writePackage()
        try desk.write("judge.conf", "[problems]\ndirectory = \"taken/problems\"\n")
        try desk.write("taken", "a file\n")
        let answer = try desk.judge("problem", "add", "sum")
        #expect(answer.status == 69)
        #expect(answer.complaint.hasSuffix("taken/problems: cannot be made: Not a directory\n"))
        #expect(try desk.judge("problem", "list", "--json").output == "[]\n")
    }
}
