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

    /// Bytes of its texts.
    package var size: Int { lines.reduce(0) { $0 + $1.text.utf8.count } }

    /// As it is stored: a line for each, microseconds, speaker and text with tabs between.
    package var encoded: String {
        lines.map { line in
            "\(line.time.wholeMicroseconds)\t\(line.speaker)\t\(Self.escaped(line.text))\n"
        }.joined()
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
    /// Whether nothing is missing between its beginning and its end.
    package var isWhole: Bool {
        !lines.contains { $0.speaker == "judge" && $0.text.hasSuffix(Self.gap) }
    }

    /// How a note of the judge's ends that tells of a gap.
    package static let gap = "left out here"

    /// All that each speaker said, however it came in pieces; without the judge's notes.
    package var textBySpeaker: [String: String] {
        let open = " [no line end]"
        return lines.reduce(into: [:]) { texts, line in
            guard line.speaker != "judge" else { return }
            texts[line.speaker, default: ""] +=
                line.text.hasSuffix(open)
                ? String(line.text.dropLast(open.count)) : line.text + "\n"
        }
    }
}
