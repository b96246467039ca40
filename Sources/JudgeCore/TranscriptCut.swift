package import Units

/// What several passes said, of a bounded size together: the beginning of the first and the end of the
/// last.
package struct TranscriptCut: Sendable {
    private let half: Int
    private var head: [Transcript.Line] = []
    private var tail: [Transcript.Line] = []
    private var (headSize, tailSize) = (0, 0)
    private var leftOut = 0

    /// - Parameter kept: bytes of text and speakers, half of them from each end.
    package init(kept: ByteCount) {
        half = Int(kept.bytes / 2)
    }

    package mutating func add(_ transcript: Transcript) {
        for line in transcript.lines {
            let size = Self.size(line)
            if tail.isEmpty, leftOut == 0, headSize + size <= half {
                head.append(line)
                headSize += size
            } else {
                tail.append(line)
                tailSize += size
            }
        }
        var dropped = 0
        // The last line stays, whatever its size: a conversation bounds it.
        while tailSize > half, dropped < tail.count - 1 {
            tailSize -= Self.size(tail[dropped])
            dropped += 1
        }
        tail.removeFirst(dropped)
        leftOut += dropped
    }

    package var transcript: Transcript {
        guard leftOut > 0 else { return Transcript(lines: head + tail) }
        let note = Transcript.Line(
            time: tail.first?.time ?? .zero, speaker: "judge",
            text: "\(leftOut) lines are \(Transcript.gap)")
        return Transcript(lines: head + [note] + tail)
    }

    private static func size(_ line: Transcript.Line) -> Int {
        line.text.utf8.count + line.speaker.utf8.count
    }
}
