package import Units

/// What was said in a conversation, and when: its beginning and its end, of a bounded size together.
package struct ConversationRecord: Sendable, Equatable {
    /// Bytes that went one way without anything in between, or the end of what one side says.
    package struct Entry: Sendable, Equatable {
        /// Since the conversation began.
        package var time: Duration
        /// Number of the program that it came from or went to.
        package var program: Int
        package var isFromInteractor: Bool
        /// Empty for an end.
        package var bytes: [UInt8]
        /// The side says nothing more.
        package var isEnd: Bool
    }

    /// What was said first.
    package private(set) var head: [Entry] = []
    /// What was said last, behind what was left out.
    package var tail: [Entry] { Array(ring[start...]) }
    /// Bytes between head and tail.
    package private(set) var leftOut: Int64 = 0

    private let half: Int
    private var headCost = 0
    private var ring: [Entry] = []
    private var start = 0
    private var tailCost = 0

    /// What one entry takes beside its bytes.
    private static let entryCost = 32

    package init(kept: ByteCount) {
        half = Int(kept.bytes / 2)
    }

    /// Whether everything is kept.
    package var isWhole: Bool { leftOut == 0 }

    mutating func add(
        _ bytes: UnsafeRawBufferPointer, at time: Duration, program: Int, isFromInteractor: Bool
    ) {
        // Of a piece that is too long to keep, its own beginning and end are.
        let most = max(1, half / 4)
        func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
            guard !continueLast(bytes, program, isFromInteractor) else { return }
            append(
                Entry(
                    time: time, program: program, isFromInteractor: isFromInteractor,
                    bytes: Array(bytes), isEnd: false))
        }
        guard bytes.count > most else { return keep(bytes[...]) }
        var rest = bytes[...]
        if start == ring.count, leftOut == 0, headCost + most + Self.entryCost <= half {
            keep(rest.prefix(most))
            rest = rest.dropFirst(most)
        } else {
            forgetTail()
        }
        let end = rest.suffix(most)
        leftOut += Int64(rest.count - end.count)
        keep(end)
    }

    /// So that there is one gap in all.
    private mutating func forgetTail() {
        for entry in ring[start...] { leftOut += Int64(entry.bytes.count) }
        ring = []
        start = 0
        tailCost = 0
    }

    mutating func addEnd(at time: Duration, program: Int, isFromInteractor: Bool) {
        append(
            Entry(
                time: time, program: program, isFromInteractor: isFromInteractor, bytes: [],
                isEnd: true))
    }

    /// A line that is written in pieces is one entry.
    private mutating func continueLast(
        _ bytes: Slice<UnsafeRawBufferPointer>, _ program: Int, _ isFromInteractor: Bool
    ) -> Bool {
        let inTail = start < ring.count
        guard let last = inTail ? ring.last : head.last, !last.isEnd, last.program == program,
            last.isFromInteractor == isFromInteractor, last.bytes.last != UInt8(ascii: "\n"),
            last.bytes.count + bytes.count <= half / 4
        else { return false }
        if inTail {
            ring[ring.count - 1].bytes.append(contentsOf: bytes)
            tailCost += bytes.count
            trim()
        } else {
            guard leftOut == 0, headCost + bytes.count <= half else { return false }
            head[head.count - 1].bytes.append(contentsOf: bytes)
            headCost += bytes.count
        }
        return true
    }

    private mutating func append(_ entry: Entry) {
        let cost = entry.bytes.count + Self.entryCost
        if start == ring.count, leftOut == 0, headCost + cost <= half {
            head.append(entry)
            headCost += cost
            return
        }
        ring.append(entry)
        tailCost += cost
        trim()
    }

    private mutating func trim() {
        while tailCost > half, start < ring.count {
            tailCost -= ring[start].bytes.count + Self.entryCost
            leftOut += Int64(ring[start].bytes.count)
            ring[start].bytes = []
            start += 1
        }
        guard start > 256, start > ring.count / 2 else { return }
        ring.removeFirst(start)
        start = 0
    }
}
