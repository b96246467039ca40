/// Rows of text in columns as wide as their widest cell.
struct TextTable {
    enum Alignment { case left, right }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        self.columns = columns
    }

    /// Adds one cell for each column; cells are made printable.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map(Printable.line))
    }

    /// The titles and the rows as lines, without space at their ends.
    var lines: [String] {
        let table = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in
            table.map { $0[column].count }.max() ?? 0
        }
        return table.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? "" : "  "
                line += columns[column].alignment == .left ? cell + padding : padding + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
