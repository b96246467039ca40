import Foundation
import Testing

/// Files for Prometheus and Grafana, which name metrics that workers must have, and for containers.
@Suite("What watches a worker")
struct MonitoringTests {
    private static let rules = "deploy/prometheus/judge.rules.yml"
    private static let dashboard = "deploy/grafana/judge.json"

    /// Metrics with their kind and their labels, as the document lists them.
    private static func documented() throws -> [String: (kind: String, labels: Set<String>)] {
        var metrics: [String: (kind: String, labels: Set<String>)] = [:]
        for line in try Repository.text("docs/operating.md").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > 4, cells[1].hasPrefix("`judge_") else { continue }
            let labels = cells[3].matches(of: /`([a-z]+)`/).map { String($0.output.1) }
            let name = cells[1].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            metrics[name] = (cells[2], Set(labels))
        }
        return metrics
    }

    /// The names that a worker writes.
    private static func written() throws -> Set<String> {
        let text = try Repository.files(below: ["Sources/Worker/Metrics"], endings: [".swift"])
            .map(Repository.text).joined()
        return Set(text.matches(of: /"(judge_[a-z_]+)"/).map { String($0.output.1) })
    }

    private static func panels() throws -> [[String: Any]] {
        let data = Data(try Repository.text(dashboard).utf8)
        let object = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(object["panels"] as? [[String: Any]])
    }

    /// Queries, each with the file that it is in.
    private static func queries() throws -> [(file: String, text: String)] {
        let panels = try panels().flatMap { panel -> [String] in
            let targets = try #require(panel["targets"] as? [[String: Any]])
            return try targets.map { try #require($0["expr"] as? String) }
        }
        let rules = try Repository.text(rules).matches(of: /\n +expr: (.+)\n/)
            .map { String($0.output.1) }
        #expect(panels.count > 10 && rules.count > 5)
        return panels.map { (dashboard, $0) } + rules.map { (Self.rules, $0) }
    }

    /// What a query takes: metrics by their own names, and each label with its metric.
    private static func metrics(_ query: String) -> [String] {
        query.matches(of: /judge_[a-z_]+/).map { match in
            let name = String(match.output)
            return name.hasSuffix("_seconds_bucket") ? String(name.dropLast(7)) : name
        }
    }

    @Test("The document lists the metrics that a worker has")
    func document() throws {
        #expect(Set(try Self.documented().keys) == (try Self.written()))
    }

    @Test("Rules and panels ask for metrics and labels that there are")
    func queries() throws {
        let known = try Self.documented()
        for (file, query) in try Self.queries() {
            let names = Self.metrics(query)
            #expect(!names.isEmpty || query.contains("up{job=\"judge\""), "\(file): \(query)")
            for name in names { #expect(known[name] != nil, "\(file): \(name)") }
            let labels = query.matches(of: /([a-z]+) ?(?:=~|!=|=)"/).map { String($0.output.1) }
            let groups = query.matches(of: /by \(([a-z, ]+)\)/)
                .flatMap { $0.output.1.split(separator: ",") }
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let own = names.reduce(into: Set(["instance", "job", "le"])) { all, name in
                all.formUnion(known[name]?.labels ?? [])
            }
            #expect(own.isSuperset(of: labels + groups), "\(file): \(query)")
        }
    }

    @Test("A histogram is asked by its buckets, a counter by its growth, a gauge as it is")
    func kinds() throws {
        let known = try Self.documented()
        for (file, query) in try Self.queries() {
            for match in query.matches(of: /(?:(rate|increase)\()?(judge_[a-z_]+)/) {
                let name = String(match.output.2)
                let kind = name.hasSuffix("_bucket") ? "histogram" : known[name]?.kind
                let isGrowth = match.output.1 != nil
                #expect(isGrowth == (kind != "gauge"), "\(file): \(query)")
            }
        }
    }

    @Test("Every alert says what to do, has a test, and names sections of the runbook")
    func alerts() throws {
        let text = try Repository.text(Self.rules)
        let tests = try Repository.text("deploy/prometheus/judge.rules.test.yml")
        let runbook = try Repository.text("docs/operating.md")
        let alerts = text.components(separatedBy: "- alert: ").dropFirst()
        #expect(alerts.count > 5)
        for alert in alerts {
            let name = String(alert.prefix { $0 != "\n" })
            for part in ["expr: ", "severity: ", "summary: ", "action: "] {
                #expect(alert.contains(part), "\(name): \(part)")
            }
            let fires = tests.components(separatedBy: "alertname: \(name)\n").dropFirst()
            #expect(fires.contains { $0.contains("exp_labels") }, "\(name) never fires in a test")
        }
        for match in text.matches(of: /docs\/operating\.md, ([A-Za-z ]+)/) {
            #expect(runbook.contains("\n## \(match.output.1)\n"), "\(match.output.1)")
        }
    }

    @Test("Panels have ids and titles of their own and lie beside each other")
    func panels() throws {
        var places: Set<[Int]> = []
        let panels = try Self.panels()
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            for x in 0..<(place["w"] ?? 0) {
                let cell = [(place["x"] ?? 0) + x, place["y"] ?? 0]
                #expect(cell[0] < 24 && places.insert(cell).inserted, "\(panel["title"] ?? "")")
            }
        }
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
        #expect(Set(panels.compactMap { $0["title"] as? String }).count == panels.count)
    }

    @Test("The container's profile lets a sandbox be made, and refuses what no container needs")
    func profile() throws {
        let data = Data(try Repository.text("deploy/container/seccomp.json").utf8)
        let object = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["defaultAction"] as? String == "SCMP_ACT_ERRNO")
        var allowed: Set<String> = []
        for rule in try #require(object["syscalls"] as? [[String: Any]]) {
            guard rule["action"] as? String == "SCMP_ACT_ALLOW", rule["args"] == nil else {
                continue
            }
            allowed.formUnion(try #require(rule["names"] as? [String]))
        }
        let needed = [
            "clone", "clone3", "unshare", "mount", "umount2", "pivot_root", "sethostname",
            "setdomainname", "seccomp", "landlock_restrict_self", "execve", "openat",
        ]
        #expect(allowed.isSuperset(of: needed))
        let refused = ["kexec_load", "init_module", "bpf", "perf_event_open", "swapon", "acct"]
        #expect(allowed.isDisjoint(with: refused))
    }
}
