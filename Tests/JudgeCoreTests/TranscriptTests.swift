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

    @Test("What no transcript would have written is a note with what is there")
    func broken() {
        let read = Transcript(encoded: "1\tinteractor\thello\nx\ty\tz\n[cut at 1 MiB]")
        #expect(read.lines.map(\.speaker) == ["interactor", "judge", "judge"])
        #expect(read.lines.map(\.text) == ["hello", "x\ty\tz", "[cut at 1 MiB]"])
    }
}
