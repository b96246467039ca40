import Units

/// What a submission and an interactor said to each other during one test, for judges: its beginning
/// and its end where it was long.
package struct Transcript: Sendable, Equatable {
    /// One line of text, or a note of the judge's.
    package struct Line: Sendable, Equatable {
        /// Since the pass began.
        package var time: Duration
        /// `submission`, `interactor`, or `judge` for a note.
        package var speaker: String
        /// Without its line end.
        package var text: String

        package init(time: Duration, speaker: String, text: String) {
            self.time = time
            self.speaker = speaker
            self.text = text
        }
    }

    package var lines: [Line]

    package init(lines: [Line] = []) {
        self.lines = lines
    }

    /// Bytes as it is stored, before it is packed.
    package var size: Int { lines.reduce(0) { $0 + Self.encoded($1).utf8.count } }

    /// As it is stored: a line for each, microseconds, speaker and text with tabs between.
    package var encoded: String { lines.map(Self.encoded).joined() }

    private static func encoded(_ line: Line) -> String {
        "\(line.time.wholeMicroseconds)\t\(line.speaker)\t\(escaped(line.text))\n"
    }

    /// Reads what `encoded` wrote; a line that it could not have written, such as one that was cut off,
    /// becomes a note with what is there.
    package init(encoded: String) {
        lines = encoded.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let time = Int64(parts[0]) else {
                return Line(time: .zero, speaker: "judge", text: String(line))
            }
            return Line(
                time: .microseconds(time), speaker: String(parts[1]),
                text: Self.unescaped(parts[2]))
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                isEscaped = false
                switch scalar {
                case "n": result += "\n"
                case "r": result += "\r"
                default: result.unicodeScalars.append(scalar)
                }
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Transcript {
    /// Whether nothing that was said is missing: neither in the middle, nor at the end, where what is
    /// stored is cut, nor all, for want of room.
    package var isWhole: Bool {
        !lines.contains { line in
            line.speaker == "judge"
                && (line.text.hasSuffix(Self.gap) || line.text.hasPrefix(Self.cut)
                    || line.text == OutputKeeping.noRoom)
        }
    }

    /// How a note begins that stands where the store has cut a text.
    package static let cut = "[cut at "

    /// How a note of the judge's ends that tells of a gap.
    package static let gap = "left out here"

    /// Whether everybody said the same in both.
    ///
    /// - Parameter mayGoOn: whether what one said in one of the two may go on in the other.
    package func says(sameAs other: Transcript, mayGoOn: Bool) -> Bool {
        let (mine, others) = (textBySpeaker, other.textBySpeaker)
        return Set(mine.keys).union(others.keys).allSatisfy { speaker in
            let (one, two) = (mine[speaker] ?? "", others[speaker] ?? "")
            return one == two || (mayGoOn && (one.hasPrefix(two) || two.hasPrefix(one)))
        }
    }

    /// All that each speaker said, however it came in pieces, NUL as it is stored; without the judge's
    /// notes.
    package var textBySpeaker: [String: String] {
        let open = " [no line end]"
        return lines.reduce(into: [:]) { texts, line in
            guard line.speaker != "judge" else { return }
            let text =
                line.text.contains("\0") ? line.text.replacing("\0", with: "\u{FFFD}") : line.text
            texts[line.speaker, default: ""] +=
                text.hasSuffix(open) ? String(text.dropLast(open.count)) : text + "\n"
        }
    }
}
