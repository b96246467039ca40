import JudgeCore
import Testing
import Units

@Suite("Transcripts of several passes, of a bounded size together")
struct TranscriptCutTests {
    private func pass(_ number: Int, lines: Int) -> Transcript {
        Transcript(
            lines: (0..<lines).map {
                Transcript.Line(
                    time: .milliseconds($0), speaker: "submission", text: "\(number).\($0)")
            })
    }

    @Test("What fits is kept as it is")
    func fits() {
        var cut = TranscriptCut(kept: .kibibytes(1))
        cut.add(pass(1, lines: 3))
        cut.add(pass(2, lines: 3))
        #expect(cut.transcript.lines == pass(1, lines: 3).lines + pass(2, lines: 3).lines)
        #expect(cut.transcript.isWhole)
    }

    @Test("Of a thousand passes the beginning of the first and the end of the last are kept")
    func long() throws {
        var cut = TranscriptCut(kept: .kibibytes(1))
        for number in 1...1_000 { cut.add(pass(number, lines: 10)) }
        let lines = cut.transcript.lines
        #expect(lines.first?.text == "1.0")
        #expect(lines.last?.text == "1000.9")
        let said = lines.filter { $0.speaker != "judge" }
        #expect(said.reduce(0) { $0 + $1.text.utf8.count + $1.speaker.utf8.count } <= 1_024)
        #expect(said.count > 50)
        let notes = lines.filter { $0.speaker == "judge" }
        #expect(notes.map(\.text) == ["\(10_000 - said.count) lines are left out here"])
        #expect(!cut.transcript.isWhole)
    }

    @Test("What a speaker said is one text, however it came in pieces")
    func pieces() {
        let line = { (text: String) in
            Transcript.Line(time: .zero, speaker: "submission", text: text)
        }
        let pieces = Transcript(lines: [line("4 [no line end]"), line("2"), line("7")])
        #expect(pieces.textBySpeaker == ["submission": "42\n7\n"])
    }
}
