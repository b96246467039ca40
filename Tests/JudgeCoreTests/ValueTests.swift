import JudgeCore
import Testing

@Suite struct ValueTests {
    @Test(
        "An instant is written in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_428_000_412, "2026-11-23T10:00:00.412Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func instant(milliseconds: Int64, text: String) {
        #expect(Instant(millisecondsSince1970: milliseconds).iso8601 == text)
    }

    @Test(
        "A word with a slip finds the word that was meant",
        arguments: [
            ("slot", "slots"), ("lsots", "slots"), ("SLOTS", "slots"), ("leases", "lease"),
            ("atempts", "attempts"),
        ])
    func near(word: String, meant: String) {
        #expect(nearest(to: word, among: ["slots", "lease", "attempts"]) == meant)
    }

    @Test("A word far from all others finds none", arguments: ["", "xyz", "database"])
    func far(word: String) {
        #expect(nearest(to: word, among: ["slots", "lease", "attempts"]) == nil)
    }

    @Test(
        "A file name is letters, digits and a few marks, and never an option or a path",
        arguments: [
            ("a.cpp", true), ("_x+1-2.c++", true), ("", false), (".a", false), ("-o", false),
            ("a/b", false), ("a b", false), ("ä.c", false), ("a\u{1b}.c", false),
        ])
    func name(name: String, valid: Bool) {
        #expect(SourceFile.isValid(name: name) == valid)
    }
}
