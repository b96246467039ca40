import Foundation
import Testing

/// Submissions that attack while they are compiled: they end within the limits of the compilation, most of
/// them as CE, and neither what the compiler says nor what the program prints has a word of a file of
/// the host's, of the test data or of the judge's environment.
@Suite(
    "Attacks at compile time, language by language", .serialized,
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct CompileAttackTests {
    private let desk: CompileAttackDesk

    init() throws { desk = try CompileAttackDesk() }

    @Test("C: includes, .incbin, pragmas, macros, diagnostics, huge data", .installed("c17"))
    func c() throws { try attack("c17") }

    @Test("C++: templates, constants that are computed, overloads, modules", .installed("cpp20"))
    func cpp() throws { try attack("cpp20") }

    @Test("Python: nesting, constants, codecs, modules of its own", .installed("python3"))
    func python() throws { try attack("python3") }

    @Test("Python by PyPy: the same", .installed("pypy3"))
    func pypy() throws { try attack("pypy3") }

    @Test("Java: annotation processors, inference, constants, escapes", .installed("java"))
    func java() throws { try attack("java") }

    @Test("Kotlin: plugins, scripts, inference, constants", .installed("kotlin"))
    func kotlin() throws { try attack("kotlin") }

    @Test("Scala: macros, implicit values, types that double", .installed("scala"))
    func scala() throws { try attack("scala") }

    @Test("Rust: include_str!, env!, macros, constants, build scripts", .installed("rust"))
    func rust() throws { try attack("rust") }

    @Test("Go: go:embed, cgo, go:generate, modules, assembler", .installed("go"))
    func go() throws { try attack("go") }

    @Test("JavaScript: nesting, packages, imports, long lines", .installed("javascript"))
    func javascript() throws { try attack("javascript") }

    @Test("TypeScript: references, settings, the bundler, types", .installed("typescript"))
    func typescript() throws { try attack("typescript") }

    @Test("C#: #line, attributes, references, lambdas", .installed("csharp"))
    func csharp() throws { try attack("csharp") }

    @Test("Haskell: Template Haskell, preprocessors, options, families", .installed("haskell"))
    func haskell() throws { try attack("haskell") }

    @Test("OCaml: directives, extensions, patterns, types", .installed("ocaml"))
    func ocaml() throws { try attack("ocaml") }

    @Test("Pascal: {$I}, {$L}, {$R}, settings, macros", .installed("pascal"))
    func pascal() throws { try attack("pascal") }

    @Test("Swift: macros and plugins, module maps, expressions", .installed("swift"))
    func swift() throws { try attack("swift") }

    @Test("Fortran: include, data, constants, modules", .installed("fortran"))
    func fortran() throws { try attack("fortran") }

    @Test("Ada: names of sources, settings, the assembler, instances", .installed("ada"))
    func ada() throws { try attack("ada") }

    @Test("Ruby: what runs before all else, nesting", .installed("ruby"))
    func ruby() throws { try attack("ruby") }

    @Test("PHP: includes, settings, constants", .installed("php"))
    func php() throws { try attack("php") }

    @Test("Perl: BEGIN blocks, which run while it is checked", .installed("perl"))
    func perl() throws { try attack("perl") }

    @Test("Lua: nesting, names, jumps", .installed("lua"))
    func lua() throws { try attack("lua") }

    @Test("R: profiles, nesting, long lines", .installed("r"))
    func r() throws { try attack("r") }

    @Test("Prolog: directives and expansions, which run while it is compiled", .installed("prolog"))
    func prolog() throws { try attack("prolog") }

    @Test("Common Lisp: the reader and macros, which run", .installed("commonlisp"))
    func commonLisp() throws { try attack("commonlisp") }

    @Test("Scheme: macros, which run while it is compiled", .installed("scheme"))
    func scheme() throws { try attack("scheme") }

    @Test("Bash: substitutions, nesting, long lines", .installed("bash"))
    func bash() throws { try attack("bash") }

    @Test("Awk: @include, @load, nesting", .installed("awk"))
    func awk() throws { try attack("awk") }

    @Test("Every directory of attacks has its test above, and all heads are understood")
    func none() throws {
        let directory = try #require(CompileAttack.directory)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        for language in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            #expect(source.contains("{ try attack(\"\(language)\") }"), "\(language)")
            #expect(try !CompileAttack.of(language).isEmpty, "\(language)")
        }
    }

    /// Judges all attacks of a language. Before them an honest program: where that fails, the
    /// attacks would end as CE, too.
    private func attack(_ language: String) throws {
        try honest(language)
        for attack in try CompileAttack.of(language) {
            let (answer, time) = try desk.judge(attack)
            let name = Comment(rawValue: "\(language)/\(attack.name): \(attack.sentence)")
            let outcome = try #require(Self.outcome(of: answer), "\(name): \(answer)")
            #expect(
                attack.expected.contains(outcome.verdict), "\(name): \(answer.output.prefix(2_000))"
            )
            #expect(answer.status == 1, name)
            let said = (answer.output + answer.complaint).lowercased()
            for secret in desk.secrets {
                #expect(!said.contains(secret), "\(name) shows \(secret)")
            }
            try expectWithin(#require(outcome.compile, name), time, of: attack, name)
            guard attack.hasTwin else { continue }
            let twin = try desk.judge(attack, twin: true).answer
            #expect(
                twin.output.lowercased().contains(desk.canary),
                "\(name), and it would not show a file of its own: \(twin)")
        }
    }

    /// The smoke program that adds two numbers is compiled and runs, within the same limits.
    private func honest(_ language: String) throws {
        let languages = InstalledLanguages.repository.appending(path: "languages")
        let folder = languages.appending(
            path: ["c17": "c", "cpp20": "cpp", "pypy3": "python3"][language] ?? language)
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder.path)
                .first { $0.hasPrefix("reads.") })
        let answer = try desk.judge(
            [folder.appending(path: name).path], in: language, seconds: 20
        ).answer
        let said = try #require(Self.outcome(of: answer), "\(answer)").tests.first?.checkerMessage
        try #require(said?.contains("3") == true, "an honest program: \(answer)")
    }

    private static func outcome(of answer: Desk.Answer) -> CompileAttackDesk.Outcome? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(
            CompileAttackDesk.Outcome.self, from: Data(answer.output.utf8))
    }

    private func expectWithin(
        _ compile: CompileAttackDesk.Outcome.Compilation, _ time: Duration,
        of attack: CompileAttack,
        _ name: Comment
    ) {
        let cpu = Duration.microseconds(compile.cpuTimeUs ?? 0)
        // What is stopped has used a little more: it is looked at every few milliseconds, on a machine that is busy later.
        #expect(cpu < .seconds(attack.seconds) * 1.5 + .seconds(1), name)
        let memory = CompileAttackDesk.memory(of: attack.language)
        // The kernel takes pages in batches, and may say a few of them more than the limit.
        #expect(compile.memoryPeakBytes ?? 0 <= Int64(memory + 1) << 20, name)
        // The wall limit is twice the CPU limit; the rest is the judge's start, its validator's compilation and
        // one test, on a machine that does other things as well: this only finds what hangs.
        #expect(time < .seconds(2 * attack.seconds + 120), name)
        #expect(compile.output?.utf8.count ?? 0 <= 70_000, name)
    }
}
