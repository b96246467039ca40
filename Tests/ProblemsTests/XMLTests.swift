import Problems
import Testing

@Suite struct XMLTests {
    private static let bomb =
        "<!DOCTYPE problem [\n<!ENTITY a \"aaaaaaaaaa\">\n"
        + (1...20).map { "<!ENTITY a\($0) \"&a\($0 == 1 ? "" : "\($0 - 1)");&a;&a;&a;\">\n" }
        .joined() + "]>\n"

    @Test(
        "Entities, external files and document types are refused in one sentence",
        arguments: [
            bomb, "<!DOCTYPE problem SYSTEM \"/etc/passwd\">\n", "<!DOCTYPE problem>\n",
            "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n",
            "<!DOCTYPE p [<!ENTITY % x SYSTEM \"http://127.0.0.1/x\"> %x;]>\n",
        ])
    func documentTypes(declaration: String) throws {
        var xml = PolygonXML()
        xml.head += declaration
        let refusal = try #require(try xml.refusal())
        #expect(refusal.hasPrefix("P/problem.xml:"))
        #expect(refusal.contains("has a document type declaration"), "\(refusal)")
    }

    @Test(
        "What is not XML, too deep or too long is refused with its line",
        arguments: [
            ("", "is not XML: no element found"), ("<problem>\n<judging>", "problem.xml:2: is not"),
            ("<problem>&other;</problem>", "undefined entity"),
            ("<problem a=\"1\" a=\"2\"/>", "duplicate attribute"),
            ("<other/>", "its element is other, not problem"),
            ("<?xml version=\"1.0\" encoding=\"koi8-r\"?><problem/>", "unknown encoding"),
            (String(repeating: "<problem>", count: 100_000), "is nested more than 64 deep"),
            ("<problem>" + String(repeating: " ", count: 5 << 20), "has more than 4194304 bytes"),
        ])
    func broken(text: String, words: String) throws {
        let folder = try PackageFolder(["problem.xml": text], yaml: nil, data: false)
        let refusal = try #require(folder.refusal())
        #expect(refusal.hasPrefix("P/problem.xml:"))
        #expect(refusal.contains(words), "\(refusal)")
        #expect(!refusal.contains("\n"))
    }

    @Test("Character references, comments and sections of text are read as XML has them")
    func text() throws {
        var xml = PolygonXML()
        xml.timeLimit = "<!-- <!DOCTYPE x> -->1<![CDATA[50]]>&#48;"
        #expect(try xml.load().timeLimit == .milliseconds(1_500))
    }
}
