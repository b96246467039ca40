import JudgeCore
import Testing
import Units

@Suite struct KeptOutputTests {
    @Test("What fits is kept whole, at every size around the cap", arguments: 0...12)
    func cap(size: Int) {
        let bytes = (0..<size).map { UInt8($0) }
        let kept = KeptOutput(.stdout, bytes, atMost: ByteCount(7))
        #expect(kept.size == ByteCount(Int64(size)))
        #expect(kept.keptBytes == min(size, 7))
        #expect(kept.leftOut == Int64(max(0, size - 7)))
        #expect(kept.head == Array(bytes.prefix(size > 7 ? 4 : size)))
        #expect(kept.tail == (size > 7 ? Array(bytes.suffix(3)) : []))
    }

    @Test("To cut an output twice keeps what to cut it once keeps", arguments: 0...12)
    func twice(room: Int) {
        let bytes = (0..<20).map { UInt8($0) }
        let once = KeptOutput(.stderr, bytes, atMost: ByteCount(Int64(room)))
        for first in [Int64(12), 13, 20, 30] {
            let twice = KeptOutput(.stderr, bytes, atMost: ByteCount(first)).cut(to: room)
            #expect(twice == once)
        }
    }

    @Test("What finds no room beside the others is kept as its size")
    func noRoom() {
        let keeping = OutputKeeping(tests: .all, each: ByteCount(10), total: ByteCount(15))
        let output = KeptOutput(.stdout, Array(repeating: 1, count: 10), atMost: ByteCount(10))
        func fit(_ outputs: [KeptOutput], beside used: Int) -> [KeptOutput] {
            var test = TestResult(name: "1", group: "", verdict: .wrongAnswer)
            test.outputs = outputs
            return keeping.fit(test, beside: used).outputs
        }
        #expect(fit([output, output], beside: 0).map(\.keptBytes) == [10, 5])
        #expect(fit([output], beside: 15).map(\.keptBytes) == [0])
        #expect(fit([output], beside: 99)[0].size == ByteCount(10))
    }

    @Test(
        "Messages and transcripts count towards the total, before outputs; without room they are a note"
    )
    func messages() {
        let keeping = OutputKeeping(tests: .all, each: ByteCount(10), total: ByteCount(29))
        var test = TestResult(name: "1", group: "", verdict: .wrongAnswer)
        test.checkerMessage = "12345"
        test.teamMessage = "678"
        test.transcript.lines = [.init(time: .zero, speaker: "submission", text: "9012")]
        test.outputs = [KeptOutput(.stdout, [1, 2, 3, 4, 5], atMost: ByteCount(10))]
        let all = keeping.fit(test, beside: 0)
        #expect(all.checkerMessage == "12345" && all.teamMessage == "678")
        #expect(all.transcript == test.transcript)
        #expect(all.outputs[0].keptBytes == 3)
        // Five and three bytes of messages; a time, "submission", four bytes, two tabs and a line end; the rest.
        #expect(all.keptBytes == 29)
        let some = keeping.fit(test, beside: 7)
        #expect(some.checkerMessage == "12345" && some.teamMessage == "678")
        #expect(some.transcript.lines.map(\.text) == [OutputKeeping.noRoom])
        let none = keeping.fit(test, beside: 29)
        #expect(none.checkerMessage == OutputKeeping.noRoom)
        // The submitter would read the note as the checker's.
        #expect(none.teamMessage.isEmpty)
        test.checkerMessage = ""
        #expect(keeping.fit(test, beside: 29).checkerMessage.isEmpty)
    }
}
