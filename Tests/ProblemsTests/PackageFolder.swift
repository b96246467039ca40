import Foundation
import Problems

/// A package written for one test and removed with the value.
final class PackageFolder {
    let base: String
    let path: String

    /// Every file's path below the package with its text; `data` is a sensible default.
    init(
        _ files: [String: String], yaml: String? = "name: Test\nlimits:\n  time_limit: 2\n",
        data: Bool = true
    ) throws {
        base =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("problems-\(UUID().uuidString)").path
        path = base + "/aplusb"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        if let yaml { try write("problem.yaml", yaml) }
        if data {
            try write("data/secret/1.in", "1 2\n")
            try write("data/secret/1.ans", "3\n")
        }
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: base) }

    func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    func load() throws -> Problem { try PackageLoader.load(directory: path) }

    /// The refusal without the folder's own path; nil when the package loads.
    func refusal() -> String? {
        do throws(ProblemsError) {
            _ = try PackageLoader.load(directory: path)
            return nil
        } catch {
            return error.description.replacingOccurrences(of: path, with: "P")
        }
    }

    func warnings() throws -> [String] {
        try load().warnings.map { $0.replacingOccurrences(of: path, with: "P") }
    }
}
