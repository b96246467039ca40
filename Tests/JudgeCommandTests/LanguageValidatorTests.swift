import Foundation
import Testing

@Suite(
    "Output validators in languages with products of their own",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct LanguageValidatorTests {
    /// Each reads the test's input, whose path is its first argument, and accepts.
    private static let programs: [(id: String, name: String, text: String)] = [
        (
            "java", "v.java",
            """
            package q;
            public class V {
                public static void main(String[] a) throws Exception {
                    new java.util.Scanner(new java.io.File(a[0])).nextInt();
                    System.exit(42);
                }
            }
            """
        ),
        (
            "kotlin", "v.kt",
            """
            fun main(a: Array<String>) {
                java.io.File(a[0]).readText()
                kotlin.system.exitProcess(42)
            }
            """
        ),
        (
            "scala", "v.scala",
            """
            object V {
              def main(a: Array[String]): Unit = {
                scala.io.Source.fromFile(a(0)).mkString
                sys.exit(42)
              }
            }
            """
        ),
        (
            "csharp", "v.cs",
            "class V { static int Main(string[] a) { System.IO.File.ReadAllText(a[0]); return 42; } }"
        ),
        (
            "commonlisp", "v.lisp",
            """
            (with-open-file (s (second sb-ext:*posix-argv*)) (read-line s))
            (sb-ext:exit :code 42)
            """
        ),
        (
            "prolog", "v.pro",
            "main :- current_prolog_flag(argv, [_, F|_]), read_file_to_string(F, _, []), halt(42)."
        ),
        ("r", "v.r", "readLines(commandArgs(TRUE)[1])\nquit(status = 42)"),
        (
            "typescript", "v.ts",
            "declare var process: any;\nif (process.argv.length > 4) process.exit(42);"
        ),
    ]

    @Test("They run, wherever their working directory is", arguments: programs.indices)
    func validates(row: Int) throws {
        let (id, name, text) = Self.programs[row]
        _ = try ShippedLanguages.require(id)
        _ = try ShippedLanguages.require("c17")
        let desk = try Desk()
        try desk.write(
            "sum/problem.yaml",
            "problem_format_version: 2025-09\nname: Sum\nlicense: cc0\n"
                + "uuid: 7c1f7d53-2b60-4e0d-9f7a-0d9d0e3f7b11\nlimits:\n  time_limit: 5\n"
                + "  validation_memory: 512\n")
        try desk.write("sum/output_validator/\(name)", text + "\n")
        try desk.write("sum/data/secret/1.in", "1 2\n")
        try desk.write("sum/data/secret/1.ans", "3\n")
        try desk.write("a.c", "int main(void) { return 0; }\n")
        let answer = try desk.judge(
            "run", "sum", "a.c", "--config", ShippedLanguages.configuration)
        #expect(answer.status == 0, "\(answer)")
    }
}
