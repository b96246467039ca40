package import Units

/// What a run wrote to one place, as far as it is kept: its head and its tail.
package struct KeptOutput: Sendable, Equatable {
    /// Where runs write. Raw values are in the database and on the command line.
    package enum Stream: String, Sendable, CaseIterable {
        case stdout
        case stderr
        /// The file that is judged in place of standard output, where a package says so.
        case file
    }

    package var stream: Stream
    package var head: [UInt8]
    /// What was written last; empty when the head is all of it.
    package var tail: [UInt8]
    /// All that was written within the output limit, kept or not.
    package var size: ByteCount

    package init(stream: Stream, head: [UInt8], tail: [UInt8], size: ByteCount) {
        self.stream = stream
        self.head = head
        self.tail = tail
        self.size = size
    }

    /// Keeps at most `limit` bytes: all, or of what is longer the two halves of the limit from both
    /// ends.
    package init(_ stream: Stream, _ bytes: [UInt8], atMost limit: ByteCount) {
        self.stream = stream
        size = ByteCount(Int64(bytes.count))
        guard size > limit else {
            head = bytes
            tail = []
            return
        }
        let room = Int(limit.bytes)
        head = Array(bytes.prefix(room - room / 2))
        tail = Array(bytes.suffix(room / 2))
    }

    package var keptBytes: Int { head.count + tail.count }

    /// How many bytes between head and tail are not kept.
    package var leftOut: Int64 { size.bytes - Int64(keptBytes) }

    /// The same with less of it, from the middle.
    package func cut(to room: Int) -> KeptOutput {
        guard keptBytes > room else { return self }
        let back = room / 2
        // An output that was kept whole has its tail in its head.
        let end = tail.isEmpty ? head : tail
        return KeptOutput(
            stream: stream, head: Array(head.prefix(room - back)),
            tail: Array(end.suffix(back)), size: size)
    }
}

/// Of which tests outputs are kept, and how much.
package struct OutputKeeping: Sendable, Equatable, Codable {
    /// Of which tests. Raw values are those of judge.conf.
    package enum Tests: String, Sendable, Codable, CaseIterable {
        case none
        /// Those whose verdict is not AC.
        case rejected
        case all
    }

    package var tests: Tests
    /// Of each stream of one test.
    package var each: ByteCount
    /// Of all tests of one judgement together, with what checkers and interactors said.
    package var total: ByteCount

    package init(tests: Tests, each: ByteCount, total: ByteCount) {
        self.tests = tests
        self.each = each
        self.total = total
    }

    package func admits(_ verdict: Verdict) -> Bool {
        switch tests {
        case .none: false
        case .rejected: verdict != .accepted
        case .all: true
        }
    }

    /// Stands for a message or a transcript that found no room.
    package static let noRoom = "not kept: the total of [outputs] is full"

    /// The next test with what there is room for beside what is kept already: first what checkers said,
    /// then what was said in a conversation, then outputs.
    ///
    /// A checker's message or a transcript that finds no room is a note of it, an output its size alone, and
    /// of a message to the submitter, who would read the note, nothing is left.
    package func fit(_ test: TestResult, beside used: Int) -> TestResult {
        var room = max(0, Int(total.bytes) - used)
        func take(_ size: Int) -> Bool {
            guard size <= room else { return false }
            room -= size
            return true
        }
        var test = test
        if !take(test.checkerMessage.utf8.count) { test.checkerMessage = Self.noRoom }
        if !take(test.teamMessage.utf8.count) { test.teamMessage = "" }
        if !take(test.transcript.size) {
            test.transcript.lines = [.init(time: .zero, speaker: "judge", text: Self.noRoom)]
        }
        test.outputs = test.outputs.map { output in
            let fitting = output.cut(to: room)
            room -= fitting.keptBytes
            return fitting
        }
        return test
    }
}

extension TestResult {
    /// What of it counts towards the total of a judgement.
    package var keptBytes: Int {
        checkerMessage.utf8.count + teamMessage.utf8.count + transcript.size
            + outputs.reduce(0) { $0 + $1.keptBytes }
    }
}
