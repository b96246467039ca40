import JudgeCore
import Testing
import Units

@Suite("Transcripts")
struct TranscriptTests {
    @Test("A transcript is read as it was written, whatever was said")
    func coding() {
        let texts = [
            "", "plain", "tab\tand\ttab", "back\\slash\\n", "cr\r", "\u{1b}[31m", "ä\u{FFFD}",
        ]
        let transcript = Transcript(
            lines: texts.enumerated().map { index, text in
                Transcript.Line(
                    time: .microseconds(index * 1_000_001), speaker: "submission", text: text)
            })
        #expect(Transcript(encoded: transcript.encoded) == transcript)
        #expect(transcript.encoded.split(separator: "\n").count == texts.count)
        #expect(Transcript(encoded: "") == Transcript())
    }

    @Test(
        "The size is what is stored, so that many short lines count with their times and speakers")
    func size() {
        let lines = (0..<1_000).map {
            Transcript.Line(time: .microseconds($0), speaker: "submission", text: "\($0 % 10)")
        }
        let transcript = Transcript(lines: lines)
        #expect(transcript.size == transcript.encoded.utf8.count)
        #expect(transcript.size > 15_000)
    }

    @Test(
        "Whether all of it is there is told by the judge's notes alone",
        arguments: [
            ("12 bytes are left out here", false), ("[cut at 1 MiB]", false),
            (OutputKeeping.noRoom, false), ("pass 2", true),
            ("the submission says nothing more", true),
        ])
    func whole(note: String, isWhole: Bool) {
        func line(_ speaker: String) -> Transcript.Line {
            .init(time: .zero, speaker: speaker, text: note)
        }
        #expect(Transcript(lines: [line("judge")]).isWhole == isWhole)
        #expect(Transcript(lines: [line("submission")]).isWhole)
    }

    @Test("What the store cuts is not whole when it is read again")
    func cut() {
        let said = Transcript(lines: [
            .init(time: .zero, speaker: "submission", text: String(repeating: "x", count: 100))
        ])
        #expect(!Transcript(encoded: said.encoded.prefix(50) + "\n[cut at 50 bytes]").isWhole)
    }

    @Test("NUL is the same as what is stored in its place")
    func nul() {
        func transcript(_ text: String) -> Transcript {
            Transcript(lines: [.init(time: .zero, speaker: "submission", text: text)])
        }
        #expect(transcript("a\0b").textBySpeaker == transcript("a\u{FFFD}b").textBySpeaker)
    }

    @Test("What goes on is the same only where somebody may have been ended")
    func goesOn() {
        func said(_ texts: [String: String]) -> Transcript {
            Transcript(
                lines: texts.map {
                    .init(time: .zero, speaker: $0.key, text: $0.value + " [no line end]")
                })
        }
        let short = said(["submission": "ab", "interactor": "1"])
        let long = said(["submission": "abc", "interactor": "1"])
        let other = said(["submission": "xb", "interactor": "1"])
        let more = said(["submission": "ab", "interactor": "1", "program 2": "x"])
        for (one, two) in [(short, long), (long, short), (short, more), (more, short)] {
            #expect(one.says(sameAs: two, mayGoOn: true))
            #expect(!one.says(sameAs: two, mayGoOn: false))
        }
        #expect(!short.says(sameAs: other, mayGoOn: true))
        #expect(short.says(sameAs: short, mayGoOn: false))
    }

    @Test("What no transcript would have written is a note with what is there")
    func broken() {
        let read = Transcript(encoded: "1\tinteractor\thello\nx\ty\tz\n[cut at 1 MiB]")
        #expect(read.lines.map(\.speaker) == ["interactor", "judge", "judge"])
        #expect(read.lines.map(\.text) == ["hello", "x\ty\tz", "[cut at 1 MiB]"])
    }
}
