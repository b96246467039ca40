import Sandboxing

/// What `judge sandbox inspect` shows.
struct InspectionDocument {
    private let facts: [InspectedFact]
    /// Longer values are cut for people; programs get them whole.
    private static let width = 56

    init(_ facts: [InspectedFact]) {
        self.facts = facts
    }

    var json: JSON {
        func world(_ side: KeyPath<InspectedFact, [String]>) -> JSON {
            .object(
                facts.map { fact in
                    (fact.key, .array(fact[keyPath: side].map(JSON.string)))
                })
        }
        return .object([("outside", world(\.outside)), ("inside", world(\.inside))])
    }

    /// A row for each value; the key stands before the first.
    var text: String {
        var table = TextTable([("", .left), ("outside", .left), ("inside", .left)])
        for fact in facts {
            for row in 0..<max(1, fact.outside.count, fact.inside.count) {
                table.add([
                    row == 0 ? fact.key : "", Self.cell(fact.outside, row),
                    Self.cell(fact.inside, row),
                ])
            }
        }
        return table.lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ values: [String], _ row: Int) -> String {
        guard row < values.count else { return row == 0 ? "none" : "" }
        let value = values[row]
        return value.count > width ? value.prefix(width - 3) + "..." : value
    }
}
