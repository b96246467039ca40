import Foundation
import Sandboxing
import Testing

@Suite("The checks of the machine")
struct HostCheckTests {
    @Test("Each check says what there is, on machines of every kind", arguments: HostCase.all)
    func levels(change: HostCase) throws {
        var machine = MadeUpHost()
        change.change(&machine)
        let finding = try #require(machine.finding(change.check))
        #expect(finding.level == change.level, "\(finding)")
        #expect(finding.found.contains(change.found), "\(finding)")
        #expect((finding.mend == nil) == (change.level == .pass), "\(finding)")
    }

    @Test("Every check has a machine on which it passes and one on which it does not")
    func completeness() {
        for check in HostCheck.all {
            let levels = Set(HostCase.all.filter { $0.check == check.name }.map(\.level))
            #expect(levels.contains(.pass), "\(check.name)")
            #expect(levels.count > 1, "\(check.name)")
        }
    }

    @Test("Nothing is said against a machine on which all is well, with or without root")
    func allIsWell() {
        var machine = MadeUpHost()
        #expect(HostCheck.examine(machine.host).allSatisfy { $0.level == .pass })
        machine.user = 1000
        #expect(HostCheck.examine(machine.host).allSatisfy { $0.level == .pass })
    }

    @Test(
        "One fault is one failure",
        arguments: HostCase.all.filter { $0.level == .fail })
    func oneSentence(change: HostCase) {
        var machine = MadeUpHost()
        change.change(&machine)
        let failures = HostCheck.examine(machine.host).filter { $0.level == .fail }
        #expect(failures.map(\.name) == [change.check])
    }

    @Test("A limit on namespaces that is reached is the one that is raised")
    func fullNamespaces() throws {
        var machine = MadeUpHost()
        machine.trials?["namespace.network"] = 28
        machine.trials?["namespace.uts"] = 28
        let mend = "sysctl -w user.max_net_namespaces=16384 user.max_uts_namespaces=16384"
        #expect(try #require(machine.finding("namespaces")).mend == mend)
        machine.user = 1000
        #expect(try #require(machine.finding("namespaces")).mend == "sudo " + mend)
    }

    @Test("Sentences are one line, begin in lower case and have no full stop")
    func sentences() throws {
        for change in HostCase.all {
            var machine = MadeUpHost()
            change.change(&machine)
            let finding = try #require(machine.finding(change.check))
            for text in [finding.found, finding.why, finding.sentence] {
                #expect(!text.contains("\n") && !text.hasSuffix("."), "\(text)")
            }
            #expect(
                finding.why.prefix(1) == finding.why.prefix(1).lowercased()
                    || finding.why.hasPrefix("AppArmor"))
        }
    }

    private static let documentPath = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/doctor.md")

    @Test(
        "The document has every check with its reason and the beginning of each remedy, in order",
        .enabled(
            if: geteuid() == 0
                || FileManager.default.isReadableFile(atPath: documentPath.path),
            "the sources lie where this user may not go"))
    func document() throws {
        let text = try String(contentsOf: Self.documentPath, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let names = rows.compactMap {
            $0.firstMatch(of: /^\| `([a-z-]+)`/).map { String($0.output.1) }
        }
        let checks = HostCheck.all.map(\.name) + ["sandbox"]
        #expect(names == checks + SandboxProbe.all.map { "probe-\($0.name)" })
        for probe in SandboxProbe.all {
            let row = try #require(rows.first { $0.hasPrefix("| `probe-\(probe.name)`") })
            #expect(row.contains(probe.why), "\(probe.name)")
        }
        for change in HostCase.all where change.level != .pass {
            var machine = MadeUpHost()
            change.change(&machine)
            let finding = try #require(machine.finding(change.check))
            let row = try #require(rows.first { $0.hasPrefix("| `\(change.check)`") })
            #expect(row.contains(finding.why), "\(change.check)")
            if finding.found.hasPrefix("not known") { continue }
            let mend = (finding.mend ?? "").split(separator: " ").prefix(2).joined(separator: " ")
            #expect(row.contains(mend), "\(change.check): \(mend)")
        }
    }

    @Test(
        "The runbook says what to do on each line that fails or warns",
        .enabled(
            if: geteuid() == 0
                || FileManager.default.isReadableFile(atPath: documentPath.path),
            "the sources lie where this user may not go"))
    func runbook() throws {
        let path = Self.documentPath.deletingLastPathComponent().appending(path: "troubles.md")
        let table =
            try String(contentsOf: path, encoding: .utf8)
            .components(separatedBy: "| line | on fail | on warn |\n").last ?? ""
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let names = HostCheck.all.map(\.name) + ["compile-cache", "sandbox", "probe-*"]
        #expect(rows.map { $0[1] } == names.map { "`\($0)`" })
        for change in HostCase.all where change.level != .pass {
            let row = try #require(rows.first { $0[1] == "`\(change.check)`" })
            #expect(row.count == 5, "\(row)")
            #expect(!row[change.level == .fail ? 2 : 3].isEmpty, "\(change)")
        }
    }

    @Test("This machine can be asked, and everything is told")
    func live() throws {
        let purpose = HostPurpose(
            slots: 1, firstIdentity: 20_000, cgroup: nil, databaseDirectory: "/tmp", programs: [],
            hidden: [], shown: [])
        let findings = HostCheck.examine(.live(purpose, helper: .success(helperPath)))
        #expect(findings.map(\.name) == HostCheck.all.map(\.name))
        for name in ["kernel", "helper", "namespaces", "seccomp"] {
            #expect(findings.first { $0.name == name }?.level == .pass, "\(name)")
        }
        let missing = HostCheck.examine(.live(purpose, helper: .success("/no/such/helper")))
        let helper = try #require(missing.first { $0.name == "helper" })
        #expect(helper.level == .fail)
        #expect(helper.found == "cannot start /no/such/helper: no such file or directory")
        #expect(missing.filter { $0.level == .fail }.map(\.name) == ["helper"])
    }
}
