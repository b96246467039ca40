import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Entry points of programs for the Java machine")
struct EntryClassTests {
    /// What is started, and what the sources are called for the compiler.
    private func started(
        _ rule: EntryRule, _ files: [(name: String, text: String)], entryPoint: String? = nil,
        included: String? = nil
    ) async throws -> (entry: String, names: [String]) {
        let folder = try JudgeTests.Folder([
            "1.in": "", "1.ans": "", "driver.java": included ?? "",
        ])
        var problem = JudgeTests.problem(folder, tests: ["1"])
        if included != nil {
            problem.included.byLanguage["default"] = [
                PackageFile(name: "driver.java", path: folder.path + "/driver.java")
            ]
        }
        var language = JudgeTests.cpp
        language.entryRule = rule
        language.endings = [".java", ".kt", ".scala"]
        language.compile = ["/bin/compiler", "{sources}"]
        language.products = ["product"]
        language.run = ["/bin/machine", "{entry}"]
        let slot = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(0), left: ["product": [1]])
        }
        let sources = SourceSet(
            files: files.map { SourceFile(name: $0.name, bytes: Array($0.text.utf8)) },
            entryPoint: entryPoint)
        _ = try await Judge().judge(
            sources, in: language, problem: problem, on: slot)
        let calls = await slot.calls
        try #require(calls.count == 2)
        return (calls[1].request.arguments[1], Array(calls[0].request.arguments.dropFirst()))
    }

    private static let javaRows: [(text: String, name: String, entry: String)] = [
        ("public class Main { public static void main(String[] a) {} }", "Main.java", "Main"),
        ("class Sol { static public void main(String... a) {} }", "x.java", "Sol"),
        (
            "package a.b; public final class S { public static void main(String[] a) {} }",
            "S.java", "a.b.S"
        ),
        (
            "class A { void main(int x) {} }\nclass B { public static void main(String[] a) {} }",
            "x.java", "B"
        ),
        (
            "// public class No { public static void main(String[] a) {} }\n"
                + "/* class No2 { */ interface I { static void main(String[] a) { } }",
            "x.java", "I"
        ),
        (
            "class T { String s = \"} class Q { public static void main(\"; char c = '\"'; "
                + "public static void main(String[] a) {} }",
            "x.java", "T"
        ),
        (
            "class T { String s = \"\"\"\n } class Q { \\\"\"\" static void main( \"\"\"; }\n"
                + "record R(int a) { public static void main(String[] a) {} }",
            "x.java", "R"
        ),
        (
            "class A { static class In { public static void main(String[] a) {} } }\n"
                + "enum E { X; public static void main(String[] a) {} }",
            "x.java", "E"
        ),
        (
            "@Deprecated public class Öl { public static void main(String[] a) {} }", "x.java", "Öl"
        ),
        (
            "record P(int record) { public static void main(String[] a) {} }", "x.java", "P"
        ),
        (
            "// on old computers\rpublic class O { public static void main(String[] a) {} }",
            "O.java", "O"
        ),
        ("class Nothing { }", "x.java", "Main"), ("{{{ \"", "x.java", "Main"),
        (
            "import java.util.*;\npublic class P { Class<?> c = P.class; "
                + "public static void main(String[] a) {} }",
            "P.java", "P"
        ),
    ]

    @Test(
        "Java starts in the class with a main, and a file is called as its public class",
        arguments: javaRows)
    func java(text: String, name: String, entry: String) async throws {
        let found = try await started(.javaClass, [("x.java", text)])
        #expect(found.entry == entry)
        #expect(found.names == [name])
    }

    private static let kotlinRows: [(name: String, text: String, entry: String)] = [
        ("sol.kt", "fun main() { println(1) }", "SolKt"),
        ("a-b.c.kt", "package p.q\nfun main(args: Array<String>) {}", "p.q.A_b_cKt"),
        ("1a.kt", "fun main() {}", "_1aKt"), ("s.kt", "\u{FEFF}fun main() {}", "SKt"),
        ("s.kt", "\u{FEFF}package p\r\nfun main() {}", "p.SKt"),
        ("s.kt", "@file:JvmName(\"Start\")\nfun main() {}", "Start"),
        ("s.kt", "object O { @JvmStatic fun main(a: Array<String>) {} }", "O"),
        ("s.kt", "class C { companion object { @JvmStatic fun main(a: Array<String>) {} } }", "C"),
        (
            "s.kt",
            "/* /* nested */ fun main() */ val s = \"${\"}fun main(\"}\"\nobject M { @JvmStatic fun main(a: Array<String>) {} }",
            "M"
        ),
        (
            "s.kt",
            "object E : T()\nclass K(val k: KClass<*> = T::class)\n"
                + "object S { @JvmStatic fun main(a: Array<String>) {} }",
            "S"
        ),
    ]

    @Test(
        "Kotlin starts in the class of the file with a main, or in an object", arguments: kotlinRows
    )
    func kotlin(name: String, text: String, entry: String) async throws {
        #expect(try await started(.kotlinClass, [(name, text)]).entry == entry)
    }

    private static let scalaRows: [(text: String, entry: String)] = [
        ("object Main extends App { println(1) }", "Main"),
        ("package a\npackage b\nobject S { def main(args: Array[String]): Unit = {} }", "a.b.S"),
        ("class X { def main(a: Int) = a }\nobject Y extends T with App {}", "Y"),
        (
            "case object E extends T\ncase class N(a: T) extends T\n"
                + "object S { def main(a: Array[String]) {} }",
            "S"
        ),
        ("case object E extends T\nobject S extends App {}", "S"),
        ("object A { val s = 'x; def f = '\"' }\nobject B { def main(a: Array[String]) {} }", "B"),
    ]

    @Test("Scala starts in the object with a main, or the one that is an App", arguments: scalaRows)
    func scala(text: String, entry: String) async throws {
        #expect(try await started(.scalaObject, [("s.scala", text)]).entry == entry)
    }

    @Test(
        "Of several mains the submitter chooses by file or by class, else Main's, else the first file's"
    )
    func several() async throws {
        let main = "{ public static void main(String[] a) {} }"
        let two = [("b.java", "class B \(main)"), ("a.java", "package p; public class A \(main)")]
        #expect(try await started(.javaClass, two).entry == "p.A")
        #expect(try await started(.javaClass, two).names == ["A.java", "b.java"])
        #expect(try await started(.javaClass, two, entryPoint: "b.java").entry == "B")
        #expect(try await started(.javaClass, two, entryPoint: "a.java").entry == "p.A")
        #expect(try await started(.javaClass, two, entryPoint: "p.Other").entry == "p.Other")
        let three = two + [("z.java", "class Main \(main)")]
        #expect(try await started(.javaClass, three).entry == "Main")
        await #expect(throws: JudgingError.refused("the entry point ../x is not among the files")) {
            try await started(.javaClass, two, entryPoint: "../x")
        }
    }

    @Test("A package's own class with a main starts, whatever is submitted")
    func driver() async throws {
        let main = "{ public static void main(String[] a) {} }"
        let submitted = [("Main.java", "class Main \(main)"), ("a.java", "class A \(main)")]
        for entryPoint in [nil, "a.java", "Other"] {
            let found = try await started(
                .javaClass, submitted, entryPoint: entryPoint,
                included: "public class Driver \(main)")
            #expect(found.entry == "Driver")
            #expect(found.names == ["Driver.java", "Main.java", "a.java"])
        }
        let helper = try await started(.javaClass, submitted, included: "class Helper {}")
        #expect(helper.entry == "Main")
    }

    @Test("A file is not called as its public class where another file is called so")
    func taken() async throws {
        let found = try await started(
            .javaClass, [("S.java", "class T { }"), ("x.java", "public class S { }")])
        #expect(found.names == ["S.java", "x.java"])
    }

    @Test(
        "A source that declares as much as it can is taken apart in a time that grows with its size",
        .timeLimit(.minutes(1)),
        arguments: [
            (EntryRule.javaClass, "class a "), (.javaClass, "class a{}\n"),
            (.javaClass, "{}class A{void main( "), (.kotlinClass, "object a "),
            (.kotlinClass, "object a{fun main( "), (.kotlinClass, "::class a "),
            (.scalaObject, "object a "), (.scalaObject, "object a extends "),
        ])
    func linear(rule: EntryRule, text: String) async throws {
        // That took a minute when all was looked at again for each word, built for release.
        let source = String(repeating: text, count: (128 << 10) / text.utf8.count)
        _ = try await started(rule, [("s.java", source)])
    }
}
