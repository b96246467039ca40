import Foundation
import Glibc
import Problems
import Testing

@Suite struct LoadedPackagesTests {
    /// What was written in the same moment may still change, and is not kept: until files that are written
    /// have another time.
    private static func waitForTick() {
        func now(_ clock: clockid_t) -> Int {
            var time = timespec()
            clock_gettime(clock, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let begun = now(CLOCK_REALTIME)
        while now(CLOCK_REALTIME_COARSE) <= begun {}
    }

    @Test("A package is read once, and again when its file or its tests are others")
    func once() throws {
        let folder = try PackageFolder(["submissions/accepted/a.c": "int main;"])
        let packages = LoadedPackages()
        func load() throws -> Problem { try packages.load(directory: folder.path, id: "sum") }
        Self.waitForTick()
        #expect(try load().id == "sum")
        // Nothing is looked at that could tell of this.
        try folder.write("submissions/accepted/b.c", "int main;")
        #expect(try load().examples.count == 1)
        try folder.write("data/secret/2.in", "2 3\n")
        try folder.write("data/secret/2.ans", "5\n")
        Self.waitForTick()
        #expect(try load().tests.count == 2)
        #expect(try load().examples.count == 2)
        try folder.write("problem.yaml", "name: Other\nlimits:\n  time_limit: 7\n")
        Self.waitForTick()
        #expect(try load().timeLimit == .seconds(7))
        #expect(packages.count == 1)
    }

    @Test("Under another name it is read again")
    func names() throws {
        let folder = try PackageFolder([:])
        let packages = LoadedPackages()
        #expect(try packages.load(directory: folder.path, id: "sum").id == "sum")
        #expect(try packages.load(directory: folder.path, id: "plus").id == "plus")
    }

    @Test("One that cannot be read is an error each time, and none when it is mended")
    func broken() throws {
        let folder = try PackageFolder([:], yaml: "name: [\n")
        let packages = LoadedPackages()
        for _ in 0..<2 {
            #expect(throws: ProblemsError.self) {
                try packages.load(directory: folder.path, id: "sum")
            }
        }
        #expect(packages.count == 0)
        try folder.write("problem.yaml", "name: Sum\nlimits:\n  time_limit: 2\n")
        #expect(try packages.load(directory: folder.path, id: "sum").tests.count == 1)
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(throws: ProblemsError.self) {
            try packages.load(directory: folder.path, id: "sum")
        }
    }

    @Test("The longest unused goes when there are more tests than the limit")
    func limit() throws {
        let folders = try (0..<3).map { _ in
            try PackageFolder(["submissions/accepted/a.c": "int main;"])
        }
        let packages = LoadedPackages(limit: 2)
        func load(_ number: Int) throws -> Int {
            try packages.load(directory: folders[number].path, id: "sum").examples.count
        }
        Self.waitForTick()
        for number in [0, 1, 0, 2] { #expect(try load(number) == 1) }
        #expect(packages.count == 2)
        for folder in folders { try folder.write("submissions/accepted/b.c", "int main;") }
        // 1 had to go and is read now.
        #expect(try load(0) == 1 && load(2) == 1)
        #expect(try load(1) == 2)

        let large = try PackageFolder([
            "data/secret/2.in": "", "data/secret/2.ans": "", "data/secret/3.in": "",
            "data/secret/3.ans": "",
        ])
        #expect(try packages.load(directory: large.path, id: "sum").tests.count == 3)
        #expect(packages.count == 2)
    }
}
