import Foundation
import Testing

@Suite("Rules of the house")
struct SourceRuleTests {
    @Test("No file has more than 500 lines")
    func length() throws {
        for path in Repository.sources + Repository.scripts + Repository.documents {
            let lines = try Repository.text(path).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 501, "\(path) has \(lines.count - 1) lines")
        }
    }

    @Test("No file names a place on a developer's machine or leaves work undone")
    func forbiddenWords() throws {
        // Written in two parts, or this file would be the first to break the rule.
        let words = [
            "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "../sha" + "red", "TO" + "DO",
            "FIX" + "ME",
        ]
        for path in Repository.sources + Repository.scripts + Repository.documents {
            let text = try Repository.text(path)
            for word in words {
                #expect(!text.contains(word), "\(path) says \(word)")
            }
        }
    }

    @Test("No source forces its way or opens its door to strangers")
    func forbiddenCode() throws {
        for path in Repository.sources where path.hasSuffix(".swift") {
            // Tests have no door, and quote programs in Java.
            let marks =
                ["try" + "!", "@test" + "able"]
                + (path.hasPrefix("Sources/") ? ["public" + " "] : [])
            for line in try Repository.text(path).split(separator: "\n") {
                guard !line.contains("//") else { continue }
                for mark in marks {
                    #expect(!line.contains(mark), "\(path): \(line)")
                }
            }
        }
    }

    @Test("The drawing of the rooms is the manifest's")
    func drawing() throws {
        #expect(try Rooms.drawn() == Rooms.declared())
    }

    @Test("No room imports another that the drawing does not let it")
    func imports() throws {
        let drawn = try Rooms.drawn()
        for (room, allowed) in drawn {
            for path in Repository.files(below: ["Sources/\(room)"], endings: [".swift"]) {
                let imported = try Repository.text(path)
                    .matches(
                        of:
                            /(?m)^(?:package |@preconcurrency )*import (?:struct |enum )?([A-Za-z]+)/
                    )
                    .map { String($0.output.1) }
                let wrong = imported.filter { drawn[$0] != nil && !allowed.contains($0) }
                #expect(wrong == [], "\(path)")
            }
        }
    }
}

/// Which room may import which: as drawn, and as declared.
enum Rooms {
    /// The block `rooms` of the architecture: one `room -> others` a line.
    static func drawn() throws -> [String: Set<String>] {
        let lines = DocumentCode(try Repository.text("docs/architecture.md")).lines
        var rooms: [String: Set<String>] = [:]
        for (_, line) in lines.filter({ $0.block == "rooms" }) {
            let sides = line.split(separator: "->", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2 else { continue }
            rooms[sides[0]] = Set(
                sides[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        }
        return rooms
    }

    /// The names in quotes from one target's beginning to the next one's in the manifest.
    static func declared() throws -> [String: Set<String>] {
        let manifest = try Repository.text("Package.swift")
        guard let targets = manifest.range(of: "targets: [\n        //") else { return [:] }
        let known = try Set(
            FileManager.default.contentsOfDirectory(
                atPath: Repository.root.appending(path: "Sources").path))
        var rooms: [String: Set<String>] = [:]
        let starts =
            /room\(|\.target\(|\.executableTarget\(|\.systemLibrary\(|\.testTarget\(|tests\(/
        for piece in manifest[targets.upperBound...].split(separator: starts) {
            let names = piece.matches(of: /"([A-Za-z-]+)"/).map { String($0.output.1) }
            guard let room = names.first, known.contains(room), rooms[room] == nil else { continue }
            rooms[room] = Set(names.dropFirst()).intersection(known)
        }
        return rooms
    }
}
