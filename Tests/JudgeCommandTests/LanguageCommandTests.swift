import Foundation
import Testing

@Suite(
    "Languages that users add, and the commands about languages",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct LanguageCommandTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write(
            "compiler.sh",
            """
            #!/bin/sh
            # The made-up language: "say WORDS" prints them, "add" prints the sum of two numbers.
            echo '#!/bin/sh' > program
            while read -r command words; do
                case $command in
                nothing) ;;
                say) printf 'echo "%s"\\n' "$words" >> program ;;
                add) echo 'read -r a b; echo $((a + b))' >> program ;;
                *) echo "$1: no command is called $command" >&2; exit 1 ;;
                esac
            done < "$1"

            """)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: desk.directory.appending(path: "compiler.sh").path(percentEncoded: false))
        try desk.writePackage()
        try desk.write("a.made", "add\n")
        try desk.write("b.made", "multiply\n")
    }

    private var section: String {
        """
        [language.made]
        name = "Made up"
        code = "made"
        endings = [".made"]
        compile = ["/opt/made/compiler.sh", "{sources}"]
        products = ["program"]
        run = ["/box/program"]
        read_only = ["\(desk.directory.appending(path: "compiler.sh").path(percentEncoded: false)):/opt/made/compiler.sh"]
        version = ["/bin/sh", "-c", "echo made 1"]

        """
    }

    @Test("A section of judge.conf or a file of languages.d makes a language, without a build")
    func made() throws {
        for file in ["judge.conf", "languages.d/made.conf"] {
            try desk.write("judge.conf", "")
            try desk.write(file, section)
            let good = try desk.judge("run", "sum", "a.made")
            #expect(good.status == 0, "\(good)")
            let bad = try desk.judge("run", "sum", "b.made", "--json")
            #expect(bad.status == 1)
            #expect(bad.output.contains("\"verdict\": \"CE\""))
            #expect(bad.output.contains("b.made: no command is called multiply"))
        }
    }

    @Test(
        "Check runs the smoke programs that lie beside the section, and says which there are none of"
    )
    func check() throws {
        try desk.write("judge.conf", "")
        try desk.write("languages.d/made.conf", section)
        let none = try desk.judge("language", "check", "made")
        #expect(none.status == 1)
        #expect(none.output.contains("there are no smoke programs: cannot read the directory"))
        try desk.write("languages.d/made/reads.made", "add\n")
        try desk.write("languages.d/made/empty.made", "nothing\n")
        try desk.write("languages.d/made/unicode.made", "say Grüße, Ωμέγα, 你好, 🙂\n")
        try desk.write("languages.d/made/broken.made", "multiply\n")
        let good = try desk.judge("language", "check", "made")
        #expect(good.status == 0, "\(good)")
        #expect(good.output.hasPrefix("made: ok, made 1\n  empty program: "))
        #expect(
            good.output.contains(
                "not tried, for there is no program: loops, crashes, exits, hogs, floods, spawns, "
                    + "integers, recurses\n"))
        try desk.write("languages.d/made/reads.made", "say 8\n")
        let bad = try desk.judge("language", "check", "made", "--json")
        #expect(bad.status == 1)
        #expect(
            bad.output.contains(
                "{\"name\": \"reads\", \"ok\": false, \"expected\": \"AC\", \"verdict\": \"WA\""))
        try desk.write("languages.d/made/reads/two.made", "say 7\n")
        #expect(
            try desk.judge("language", "check", "made").output
                .contains("has two smoke programs called reads"))
    }

    @Test("An empty program that takes more memory than declared is complained of")
    func declared() throws {
        try desk.write("judge.conf", "")
        try desk.write("languages.d/made.conf", section + "base_memory = \"4KiB\"\n")
        try desk.write("languages.d/made/empty.made", "nothing\n")
        let answer = try desk.judge("language", "check", "made")
        #expect(answer.status == 1)
        #expect(answer.output.contains("base_memory says 4.0 KiB"))
    }

    @Test("A language whose compiler is missing says so and disturbs nothing")
    func missing() throws {
        try desk.write("judge.conf", "")
        let lost =
            section.replacing("/opt/made/compiler.sh\",", with: "/opt/lost/compiler\",")
            + "package = \"made-tools\"\n"
        try desk.write("languages.d/made.conf", lost)
        let list = try desk.judge("language", "list")
        #expect(list.status == 0)
        #expect(list.output.contains("not installed: apt-get install made-tools"))
        #expect(list.output.contains("Python 3."))
        let json = try desk.judge("language", "list", "--json")
        #expect(json.output.contains("\"installed\": false, \"missing\": [\"/opt/lost/compiler\"]"))
        let named = try desk.judge("language", "check", "made")
        #expect(named.status == 69)
        #expect(named.output.contains("made: not installed: apt-get install made-tools\n"))
        let run = try desk.judge("run", "sum", "a.made")
        #expect(run.status == 69 || run.status == 70)
        #expect(
            run.complaint.contains(
                "Made up is not installed here; apt-get install made-tools"
            ))
        try desk.write("sum/submissions/accepted/x.made", "add\n")
        try desk.write("sum/submissions/accepted/x.py", "print(sum(map(int, input().split())))\n")
        let verified = try desk.judge("problem", "verify", "sum")
        #expect(verified.status == 0, "\(verified)")
        #expect(
            verified.output.contains(
                "submissions/accepted/x.made: not judged: Made up is not installed here; "
                    + "apt-get install made-tools"))
        try desk.write("c.py", "print(sum(map(int, input().split())))\n")
        #expect(try desk.judge("run", "sum", "c.py").status == 0)
    }

    @Test("An unknown language is answered with the nearest one")
    func unknown() throws {
        let answer = try desk.judge("language", "check", "pyhton3")
        #expect(answer.status == 65)
        #expect(answer.complaint.contains("did you mean python3?"))
    }
}
