import JudgeCore
import Testing

@Suite struct LanguageDetectionTests {
    private let languages = [
        language("c11", "C11", "c", [".c"], detected: false),
        language("c17", "C17", "c", [".c"], detected: true),
        language("cpp17", "C++17", "cpp", [".cpp", ".C"], detected: true),
        language("cpp20", "C++20", "cpp", [".cpp", ".C"], detected: false),
        language("python3", "Python 3", "python3", [".py"], detected: true),
    ]

    @Test(
        "An ending chooses the language that may be chosen by it",
        arguments: [("a.c", "c17"), ("a.C", "cpp17"), ("a.cpp", "cpp17"), ("x.y.py", "python3")])
    func ending(name: String, id: String) throws {
        #expect(try Language.detect(files: [file(name)], among: languages).id == id)
    }

    @Test("An ending of a single language needs no flag")
    func lone() throws {
        let rust = language("rust", "Rust", "rust", [".rs"], detected: false)
        #expect(try Language.detect(files: [file("a.rs")], among: [rust]).id == "rust")
    }

    @Test("Headers and notes come along without a say")
    func headers() throws {
        let files = [file("util.h"), file("notes.txt"), file("main.cpp"), file("more.cpp")]
        #expect(try Language.detect(files: files, among: languages).id == "cpp17")
    }

    @Test("Sources of two languages are refused with both names")
    func mixed() {
        #expect(
            throws: LanguageError(
                "a.c is C17 and b.py is Python 3; say which language is meant with --language")
        ) { try Language.detect(files: [file("a.c"), file("b.py")], among: languages) }
    }

    @Test(
        "Files without a known ending are refused with the list of languages",
        arguments: ["main", "main.java", "only.h", ".c"])
    func unknown(name: String) {
        #expect(
            throws: LanguageError(
                "cannot tell the language of \(name) by its ending; say it with --language: "
                    + "c11, c17, cpp17, cpp20, python3")
        ) { try Language.detect(files: [file(name)], among: languages) }
    }

    @Test("A first line that asks for Python 2 does not run as Python 3")
    func shebang() throws {
        let two = SourceFile(name: "a.py", bytes: Array("#!/usr/bin/env python2\n".utf8))
        #expect(throws: LanguageError.self) {
            try Language.detect(files: [two], among: languages)
        }
        let three = SourceFile(name: "a.py", bytes: Array("#!/usr/bin/python3\npython2".utf8))
        #expect(try Language.detect(files: [three], among: languages).id == "python3")
    }

    @Test(
        "A first line chooses among the languages of the ending",
        arguments: [
            ("#!/usr/bin/perl -w", "perl"), ("#!/usr/bin/env swipl\r", "prolog"),
            ("#!/usr/bin/env perl5.36", "perl"), ("#!/usr/bin/awk -f", "prolog"),
            ("perl", "prolog"), ("#! /usr/bin/perl", "perl"),
        ])
    func interpreters(line: String, id: String) throws {
        var perl = language("perl", "Perl", "perl", [".pm", ".pl"], detected: false)
        perl.interpreters = ["perl", "perl5"]
        var prolog = language("prolog", "Prolog", "prolog", [".pl"], detected: true)
        prolog.interpreters = ["swipl"]
        let source = SourceFile(name: "a.pl", bytes: Array("\(line)\nrest perl".utf8))
        #expect(try Language.detect(files: [source], among: [perl, prolog]).id == id)
    }

    @Test("An unknown id is answered with the nearest one")
    func named() {
        #expect(
            throws: LanguageError(
                "unknown language \"cpp71\"; did you mean cpp17? known are "
                    + "c11, c17, cpp17, cpp20, python3")
        ) { try Language.named("cpp71", among: languages) }
    }

    @Test("A language without a source among the files is refused")
    func withoutSource() throws {
        let python = try Language.named("python3", among: languages)
        #expect(
            throws: LanguageError("no file is a source of Python 3: it takes .py, not a.c, b.h")
        ) { try python.check(files: [file("a.c"), file("b.h")]) }
        try python.check(files: [file("a.py")])
    }
}

private func file(_ name: String) -> SourceFile { SourceFile(name: name, bytes: []) }

private func language(
    _ id: String, _ name: String, _ code: String, _ endings: [String], detected: Bool
) -> Language {
    Language(
        id: id, name: name, code: code, endings: endings, detected: detected, compile: [],
        products: [], run: ["/bin/true"])
}
