import Sandboxing

/// What `judge doctor` says of the machine.
struct DoctorDocument {
    private let findings: [HostFinding]

    /// - Parameter findings: in the order of the checks.
    init(_ findings: [HostFinding]) {
        self.findings = findings
    }

    var ok: Bool { !findings.contains { $0.level == .fail } }

    /// One sentence for each failure.
    var faults: [String] { of(.fail).map(\.sentence) }

    var json: JSON {
        .object([
            ("ok", .bool(ok)),
            (
                "checks",
                .array(
                    findings.map { finding in
                        .object([
                            ("name", .string(finding.name)),
                            ("level", .string(finding.level.rawValue)),
                            ("found", .string(finding.found)), ("why", .string(finding.why)),
                            ("mend", JSON(finding.mend)),
                        ])
                    })
            ),
        ])
    }

    /// What passed as a table, then each warning and each failure with why it matters and what
    /// mends it, then a line that counts them.
    var text: String {
        var table = TextTable([("", .left), ("check", .left), ("found", .left)])
        for finding in of(.pass) { table.add(["pass", finding.name, finding.found]) }
        var lines = of(.pass).isEmpty ? [] : Array(table.lines.dropFirst())
        for level in [HostFinding.Level.warn, .fail] {
            for finding in of(level) {
                lines.append("")
                lines.append(
                    "\(level == .fail ? "FAIL" : "warn")  "
                        + Printable.line("\(finding.name): \(finding.found)"))
                lines.append("      why   " + Printable.line(finding.why))
                if let mend = finding.mend { lines.append("      mend  " + Printable.line(mend)) }
            }
        }
        let counts = [HostFinding.Level.pass, .warn, .fail]
            .map { "\(of($0).count) \($0.rawValue)" }.joined(separator: ", ")
        lines += ["", "\(findings.count) checks: \(counts)"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func of(_ level: HostFinding.Level) -> [HostFinding] {
        findings.filter { $0.level == level }
    }
}
