import Sandboxing

/// What `judge doctor --syscalls` says of the filter.
struct SyscallDocument {
    private let rows: [SyscallRow]

    /// - Parameter rows: in the order of the classes.
    init(_ rows: [SyscallRow]) {
        self.rows = rows
    }

    var json: JSON {
        .object([
            (
                "syscalls",
                .array(
                    rows.map { row in
                        .object([
                            ("class", .string(row.group)), ("default", .bool(row.isDefault)),
                            ("call", .string(row.call)), ("number", JSON(row.number)),
                            ("condition", JSON(row.condition.isEmpty ? nil : row.condition)),
                            ("reason", .string(row.reason)),
                        ])
                    })
            )
        ])
    }

    /// A paragraph for each class, with the calls of one reason together.
    var text: String {
        var lines: [String] = []
        var index = 0
        while index < rows.count {
            let row = rows[index]
            let calls = rows[index...].prefix {
                $0.group == row.group && $0.reason == row.reason && $0.condition == row.condition
            }
            if index == 0 || rows[index - 1].group != row.group {
                if index > 0 { lines.append("") }
                lines.append(row.group + (row.isDefault ? "" : "  (on request)"))
            }
            let names = calls.map { $0.number == nil ? "(\($0.call))" : $0.call }
            lines += Self.wrapped(names.joined(separator: " "), indent: "  ")
            if !row.condition.isEmpty {
                lines += Self.wrapped("when " + row.condition, indent: "      ")
            }
            lines += Self.wrapped("because: " + row.reason, indent: "      ")
            index = calls.endIndex
        }
        lines += [
            "", "Calls in parentheses do not exist here. All others answer ENOSYS; calls of a",
            "foreign table (i386, x32) end the run.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func wrapped(_ text: String, indent: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in Printable.line(text).split(separator: " ") {
            if !line.isEmpty, indent.count + line.count + 1 + word.count > 100 {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [indent + line]
    }
}
