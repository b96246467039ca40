import Foundation
import Testing

@Suite(
    "Compiled programs that workers keep",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct CompileCacheCommandTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write(
            "sum.c",
            """
            #include <stdio.h>
            int main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", a + b); }

            """)
        try #require(try desk.judge("problem", "add", "sum").status == 0)
    }

    private var kept: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: desk.directory.appending(path: "judge-cache/programs")
                    .path(percentEncoded: false))
        }
    }

    /// The CPU time of the compiler, to the microsecond: no two compilations use the same.
    private func compileTime(_ id: String) throws -> String {
        let result = try desk.judge("result", id, "--json")
        try #require(result.output.contains("\"verdict\": \"AC\""), "\(result.output)")
        let match = try #require(
            result.output.firstMatch(of: /"compile": \{"ok": true, "cpu_time_us": (\d+)/))
        return String(match.output.1)
    }

    @Test(
        "A rejudging by another worker compiles nothing, and its judgement says what it cost first")
    func rejudged() throws {
        try #require(try desk.judge("submit", "sum", "sum.c").output == "1\n")
        try #require(try desk.judge("worker", "--drain").status == 0)
        let first = try compileTime("1")
        #expect(first != "0")
        #expect(try kept.count == 1)
        try #require(try desk.judge("rejudge", "1").status == 0)
        try #require(try desk.judge("worker", "--drain").status == 0)
        #expect(try compileTime("1") == first)
        #expect(try kept.count == 1)
    }

    @Test("With cache = \"none\" each judging compiles, and nothing is kept")
    func none() throws {
        try desk.write("judge.conf", "[compile]\ncache = \"none\"\n")
        for id in ["1", "2"] {
            try #require(try desk.judge("submit", "sum", "sum.c").output == "\(id)\n")
        }
        try #require(try desk.judge("worker", "--drain").status == 0)
        #expect(try compileTime("1") != compileTime("2"))
        #expect(!desk.exists("judge-cache"))
        #expect(try doctor() == nil)
    }

    private static let sources = [
        "#include <bits/stdc++.h>\nusing namespace std;\n"
            + "int main() { int a, b; cin >> a >> b; cout << a + b << endl; }\n",
        """
        // Much of the library, templates and exceptions.
        #include <bits/stdc++.h>
        #define int long long
        using namespace std;
        signed main() {
            map<string, vector<int>> all; set<pair<int, int>> seen; priority_queue<int> queue;
            int a, b; cin >> a >> b;
            for (int i = 0; i < 3; i++) { all[to_string(i)].push_back(a); seen.insert({i, b}); queue.push(i); }
            mt19937 random(7); vector<int> list(9); iota(list.begin(), list.end(), 0);
            shuffle(list.begin(), list.end(), random); regex word("[a-z]+");
            try { stoi("x"); } catch (const invalid_argument &) { assert(all.size() == 3); }
            if (regex_match("abc", word)) printf("%lld\\n", a + b);
        }

        """,
    ]

    /// The products of all programs that are kept.
    private var products: Set<Data> {
        get throws {
            let directory = desk.directory.appending(path: "judge-cache/programs")
            let files = try kept.map { try Data(contentsOf: directory.appending(path: $0)) }
            return Set(files.map { file in Data(file.split(separator: 10, maxSplits: 2)[2]) })
        }
    }

    @Test(
        "With the precompiled header of the library programs come out byte for byte as without it",
        arguments: sources.indices)
    func header(row: Int) throws {
        try desk.write("sum.cpp", Self.sources[row])
        try #require(try desk.judge("submit", "sum", "sum.cpp").output == "1\n")
        let answer = try desk.judge("worker", "--drain")
        try #require(answer.status == 0)
        #expect(answer.complaint.contains("a header is precompiled"), "\(answer.complaint)")
        #expect(try kept.count == 1)
        let with = try products

        let path = desk.directory.path(percentEncoded: false)
        try FileManager.default.removeItem(atPath: path + "/judge-cache")
        try desk.write(
            "judge.conf",
            """
            [language.cpp17]
            name = "C++17"
            code = "cpp"
            endings = [".cpp"]
            detected = true
            compile = ["/usr/bin/g++", "-std=gnu++17", "-O2", "-static", "-o", "program", "{sources}", "-lm"]
            products = ["program"]
            run = ["/box/program"]

            """)
        try #require(try desk.judge("rejudge", "1").status == 0)
        let other = try desk.judge("worker", "--drain")
        try #require(other.status == 0)
        #expect(!other.complaint.contains("a header is precompiled"))
        #expect(try products == with)
    }

    @Test("Where nothing can be kept the worker says why, and judges all the same")
    func impossible() throws {
        try desk.write("judge-cache", "")
        try #require(try desk.judge("submit", "sum", "sum.c").output == "1\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 0)
        #expect(answer.complaint.contains("compiled programs are not kept: each judging compiles"))
        #expect(answer.complaint.contains("not a directory"))
        #expect(try compileTime("1") != "0")
        #expect(try doctor() == "warn")
    }

    /// What `judge doctor` says of the directory.
    private func doctor() throws -> String? {
        let report = try desk.judge("doctor", "--json").output
        let match = report.firstMatch(
            of: /"name": "compile-cache",\s*"(?:level|outcome|state)": "([a-z]+)"/)
        return match.map { String($0.output.1) }
    }

    @Test("Where others may write to the directory no worker starts, and nothing is judged")
    func foreign() throws {
        try desk.write("judge-cache/programs/x", "")
        let path = desk.directory.appending(path: "judge-cache/programs")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777], ofItemAtPath: path.path(percentEncoded: false))
        try #require(try desk.judge("submit", "sum", "sum.c").output == "1\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 69)
        #expect(answer.complaint.contains("cannot keep compiled programs in "))
        #expect(answer.complaint.contains("others may write there"))
        #expect(try desk.judge("list").output.contains("queued"))
        #expect(try doctor() == "fail")
    }
}
