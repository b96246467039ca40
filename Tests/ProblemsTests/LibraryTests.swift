import Foundation
import Problems
import Testing

@Suite struct LibraryTests {
    @Test("A package is copied to its name and digest, links replaced by what they lead to")
    func install() throws {
        let folder = try PackageFolder(
            [".timelimit": "3\n", ".git/config": "x", "submissions/accepted/a.cpp": "int"],
            yaml: "")
        try folder.link("data/secret/2.in", to: "1.in")
        try folder.link("data/secret/2.ans", to: "1.ans")
        let library = PackageLibrary(directory: folder.base + "/library/packages")
        let installed = try library.install(try folder.load())
        let home = folder.base + "/library/packages/aplusb"
        #expect(installed.problem.directory == "\(home)/\(installed.digest)")
        #expect(installed.problem.id == "aplusb")
        #expect(installed.problem.timeLimit == .seconds(3))
        #expect(installed.problem.tests.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home) == [installed.digest])
        let copied = "\(home)/\(installed.digest)/data/secret/2.in"
        let type = try FileManager.default.attributesOfItem(atPath: copied)[.type]
        #expect(type as? FileAttributeType == .typeRegular)
        #expect(try String(contentsOfFile: copied, encoding: .utf8) == "1 2\n")
        #expect(
            !FileManager.default.fileExists(atPath: "\(home)/\(installed.digest)/.git/config"))
    }

    @Test("Equal content has one digest and one copy, other content another")
    func digests() throws {
        let folder = try PackageFolder([:])
        let library = PackageLibrary(directory: folder.base + "/library")
        let first = try library.install(try folder.load())
        let again = try library.install(try folder.load())
        #expect(first.digest == again.digest && first.isNew && !again.isNew)
        #expect(try library.digest(of: folder.load()) == first.digest)
        try folder.write("data/secret/1.ans", "4\n")
        let changed = try library.install(try folder.load())
        #expect(changed.digest != first.digest)
        let copies = try FileManager.default.contentsOfDirectory(
            atPath: folder.base + "/library/aplusb")
        #expect(copies.sorted() == [first.digest, changed.digest].sorted())
        #expect(
            try String(
                contentsOfFile: first.problem.directory + "/data/secret/1.ans", encoding: .utf8)
                == "3\n")
    }

    @Test("The digest is SHA-256 of paths, contents and sizes")
    func sha256() throws {
        let folder = try PackageFolder([:], yaml: "")
        let library = PackageLibrary(directory: folder.base + "/library")
        let installed = try library.install(try folder.load())
        // printf 'data/secret/1.ans\0003\n\0002\000data/secret/1.in\0001 2\n\0004\000problem.yaml\000\0000\000' | sha256sum
        #expect(
            installed.digest == "61b6a4104e3177a762109cae8e1771cdc70ae47876c531cd1bb0b2840447a472")
    }

    @Test("A package that cannot be copied whole leaves nothing behind")
    func halfCopied() throws {
        let folder = try PackageFolder([:])
        let problem = try folder.load()
        try folder.write("statement/x", "")
        try folder.link("statement/out", to: "/etc")
        let library = PackageLibrary(directory: folder.base + "/library")
        #expect(throws: ProblemsError.self) { try library.install(problem) }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.base + "/library").isEmpty)
    }
}
