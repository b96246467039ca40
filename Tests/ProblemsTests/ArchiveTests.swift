import Foundation
import Problems
import Testing

@Suite("Packages from ZIP files")
struct ArchiveTests {
    /// A place for an archive and its workspace, removed with the value.
    final class Place {
        let directory: String
        let workspace = PackageWorkspace()
        var path: String { directory + "/aplusb.zip" }

        init() throws {
            directory =
                FileManager.default.temporaryDirectory
                .appending(path: "archive-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
        }

        deinit {
            workspace.remove()
            try? FileManager.default.removeItem(atPath: directory)
        }

        func write(_ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(filePath: path))
        }

        /// The refusal without the place's own path; nil when the package loads.
        func refusal() -> String? {
            do throws(ProblemsError) {
                _ = try workspace.load(path)
                return nil
            } catch {
                return error.description.replacingOccurrences(of: path, with: "Z")
            }
        }

        /// Lets Python's own writer of ZIP files, and whatever else is asked for, work there.
        func python(_ script: String) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = ["-c", "import zipfile, struct, zlib\n" + script]
            process.currentDirectoryURL = URL(filePath: directory)
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }
    }

    static let package = [
        ("problem.yaml", "name: Test\nlimits: {time_limit: 2}\n"), ("data/secret/1.in", "1 2\n"),
        ("data/secret/1.ans", "3\n"),
    ]

    /// A whole package and what a test adds to it.
    static func archive(below prefix: String = "aplusb/") -> ZIPFile {
        var file = ZIPFile()
        for (name, text) in package { file.add(prefix + name, text) }
        return file
    }

    @Test("A package is read with its directory and without", arguments: ["aplusb/", ""])
    func whole(prefix: String) throws {
        let place = try Place()
        try place.write(Self.archive(below: prefix).bytes)
        let problem = try place.workspace.load(place.path)
        #expect(problem.id == "aplusb" && problem.name == "Test" && problem.warnings.isEmpty)
        let input = try #require(problem.tests.first?.inputPath)
        #expect(try String(contentsOfFile: input, encoding: .utf8) == "1 2\n")
        place.workspace.remove()
        #expect(!FileManager.default.fileExists(atPath: input))
    }

    @Test("Packed files, links and directories that Python's zipfile writes are read")
    func packed() throws {
        let place = try Place()
        try place.python(
            """
            with zipfile.ZipFile("aplusb.zip", "w", zipfile.ZIP_DEFLATED) as z:
                z.mkdir("aplusb") if hasattr(z, "mkdir") else None
                z.writestr("aplusb/problem.yaml", "name: Test\\nlimits: {time_limit: 2}\\n")
                z.writestr("aplusb/data/secret/a/1.in", "1\\n" * 100000)
                z.writestr("aplusb/data/secret/a/1.ans", "3\\n")
                z.writestr("aplusb/.timelimit", "2\\n")
                z.writestr("__MACOSX/aplusb/._problem.yaml", "junk")
                for name in "in", "ans":
                    info = zipfile.ZipInfo("aplusb/data/secret/b." + name)
                    info.create_system = 3
                    info.external_attr = 0o120777 << 16
                    z.writestr(info, "a/1." + name)
            """)
        let problem = try place.workspace.load(place.path)
        #expect(problem.tests.map(\.name) == ["secret/a/1", "secret/b"])
        #expect(problem.tests[0].inputPath == problem.tests[1].inputPath)
        #expect(
            try FileManager.default.attributesOfItem(atPath: problem.tests[0].inputPath)[.size]
                as? Int == 200_000)
    }

    @Test("Mistakes are shown below the archive's name, and its directory should have that name")
    func messages() throws {
        let place = try Place()
        var file = Self.archive(below: "other/")
        try place.write(file.bytes)
        let problem = try place.workspace.load(place.path)
        #expect(problem.id == "aplusb" && problem.warnings.count == 1)
        file.add("other/data/secret/2.in")
        try place.write(file.bytes)
        #expect(place.refusal() == "Z/other/data/secret/2.in: has no 2.ans beside it")
        var none = ZIPFile()
        none.add("a/b", "")
        try place.write(none.bytes)
        #expect(
            place.refusal()
                == "Z: is not a problem package: it holds neither problem.yaml nor problem.xml")
        var two = Self.archive()
        two.add("more/problem.yaml", "")
        try place.write(two.bytes)
        #expect(place.refusal() == "Z: holds 2 packages; give them one by one")
    }

    static let names: [(names: [String], refusal: String)] = [
        (["../evil"], "holds the name \"../evil\", which leads elsewhere"),
        (["aplusb/../../evil"], "holds the name \"aplusb/../../evil\", which leads elsewhere"),
        (["aplusb/./x"], "holds the name \"aplusb/./x\", which leads elsewhere"),
        (["aplusb//x"], "holds the name \"aplusb//x\", which leads elsewhere"),
        (["/etc/evil"], "holds the absolute name \"/etc/evil\""),
        (["C:\\evil"], "holds the name \"C:\\\\evil\", with a character that names lack"),
        (["aplusb/..\\evil"], "with a character that names lack"),
        (["aplusb/a\nb"], "holds the name \"aplusb/a\\nb\", with a character that names lack"),
        (["aplusb/problem.yaml"], "holds the name \"aplusb/problem.yaml\" twice"),
        (
            ["aplusb/Problem.yaml"],
            "holds \"aplusb/Problem.yaml\" beside \"aplusb/problem.yaml\", which some file systems"
        ),
        (["APLUSB/x"], "holds \"APLUSB/x\" beside \"aplusb\", which some file systems"),
        (["aplusb/\u{E9}", "aplusb/e\u{301}"], "which some file systems take for one"),
        (["aplusb/stra\u{DF}e", "aplusb/STRASSE"], "which some file systems take for one"),
        (["aplusb/problem.yaml/x"], "as a file and as a directory"),
        (["aplusb/data"], "as a file and as a directory"),
        (["aplusb/x/", "aplusb/x/"], "holds the name \"aplusb/x/\" twice"),
        ([""], "holds the name \"\", which leads elsewhere"),
        ([String(repeating: "a/", count: 40) + "x"], "which is empty or too deep"),
        (["aplusb/" + String(repeating: "x", count: 256)], "a part of more than 255 bytes"),
        ([String(repeating: "x/", count: 600)], "holds a name of more than 1024 bytes"),
    ]

    @Test("Names that lead out, clash or cannot be are refused", arguments: 0..<20)
    func names(row: Int) throws {
        let (names, refusal) = Self.names[row]
        let place = try Place()
        var file = Self.archive()
        for name in names {
            file.add(name, "", mode: name.hasSuffix("/") ? 0o040755 : 0o100644)
        }
        try place.write(file.bytes)
        let found = try #require(place.refusal())
        #expect(found.hasPrefix("Z: ") && found.contains(refusal), "\(found)")
        #expect(!FileManager.default.fileExists(atPath: place.directory + "/evil"))
    }

    @Test("A name that is not UTF-8 or ends early is refused")
    func otherBytes() throws {
        let place = try Place()
        for name: [UInt8] in [[0x61, 0xFF, 0xFE], [0x61, 0xC0, 0xAF]] {
            var file = Self.archive()
            file.entries.append(.init(name: name, flags: 0))
            try place.write(file.bytes)
            #expect(place.refusal() == "Z: holds a name that is not UTF-8")
        }
        var file = Self.archive()
        file.entries.append(.init(name: Array("../../x".utf8) + [0]))
        try place.write(file.bytes)
        #expect(place.refusal() != nil)
    }

    static let links: [(target: String, refusal: String?)] = [
        ("1.in", nil), ("../secret/1.in", nil), ("./1.in", nil),
        ("/etc/passwd", "leads out of the package"),
        ("../../../../etc/passwd", "leads out of the package"), ("", "leads out of the package"),
        ("gone", "leads to nothing"), (String(repeating: "x", count: 5_000), "is too long"),
        ("../../../other/x", "is a link that leads out of the package"),
        // Where "up" is a link to the archive's top, which the words do not tell.
        ("up/../1.in", "holds the link aplusb/data/secret/2.in, which leads out of the package"),
    ]

    @Test("Links within the package are followed, links out refused", arguments: 0..<10)
    func links(row: Int) throws {
        let (target, refusal) = Self.links[row]
        let place = try Place()
        var file = Self.archive()
        file.add("other/x", "beside the package")
        file.add("aplusb/data/secret/2.in", target, mode: 0o120777)
        file.add("aplusb/data/secret/2.ans", "")
        if target.hasPrefix("up") {
            file.add("aplusb/data/secret/up", "../../..", mode: 0o120777)
        }
        try place.write(file.bytes)
        let found = place.refusal()
        #expect((found == nil) == (refusal == nil), "\(found ?? "loaded")")
        if let refusal { #expect(found?.contains(refusal) == true, "\(found ?? "")") }
    }

    @Test("Who stops waiting for an archive or a copy leaves nothing of it")
    func cancelled() async throws {
        let place = try Place()
        try place.write(Self.archive().bytes)
        let path = place.path
        let problem = try place.workspace.load(path)
        let library = place.directory + "/library"
        func refusal(_ work: @escaping @Sendable () throws(ProblemsError) -> Void) async -> String?
        {
            let task = Task { () -> String? in
                withUnsafeCurrentTask { $0?.cancel() }
                do throws(ProblemsError) {
                    try work()
                    return nil
                } catch {
                    return error.sentence
                }
            }
            return await task.value
        }
        let another = PackageWorkspace()
        let unpacked = await refusal { () throws(ProblemsError) in _ = try another.load(path) }
        #expect(unpacked == "was interrupted")
        let copied = await refusal { () throws(ProblemsError) in
            _ = try PackageLibrary(directory: library).install(problem)
        }
        #expect(copied == "was interrupted")
        #expect(try FileManager.default.subpathsOfDirectory(atPath: library) == [])
    }

    @Test("Nothing is written through a link of the archive")
    func throughLink() throws {
        let place = try Place()
        var file = Self.archive()
        file.add("aplusb/out", "..", mode: 0o120777)
        file.add("aplusb/out/evil", "x")
        try place.write(file.bytes)
        #expect(place.refusal()?.contains("as a file and as a directory") == true)
    }

    @Test(
        "Devices, pipes and sockets are refused",
        arguments: [0o020666, 0o060666, 0o010666, 0o140666] as [UInt32])
    func devices(mode: UInt32) throws {
        let place = try Place()
        var file = Self.archive()
        file.add("aplusb/data/secret/2.in", "", mode: mode)
        try place.write(file.bytes)
        #expect(
            place.refusal()
                == "Z: holds something that is neither a file, a directory nor a link")
    }

    static let lies: [(change: @Sendable (inout ZIPFile) -> Void, refusal: String)] = [
        ({ $0.entries[1].localName = Array("aplusb/data/secret/1.im".utf8) }, "says one thing"),
        ({ $0.entries[1].localName = Array("../../../../../../evil".utf8) }, "says one thing"),
        ({ $0.entries[1].localSize = 5 }, "says one thing"),
        ({ $0.entries[1].checksum = 7 }, "does not unpack to what it says"),
        ({ $0.entries[1].size = 3 }, "unpack"), ({ $0.entries[1].size = 9 }, "unpack"),
        ({ $0.entries[1].packedSize = 1 << 30 }, "its entries overlap"),
        ({ $0.entries[1].flags = 1 }, "is encrypted"),
        ({ $0.entries[1].method = 12 }, "is packed by a method other than deflate"),
        ({ $0.entries[1].method = 8 }, "does not unpack to what it says"),
        ({ $0.statedCount = 2 }, "is not a whole ZIP archive"),
        ({ $0.statedCount = 900 }, "is not a whole ZIP archive"),
        ({ $0.entries[2].sharesDataOf = 1 }, "says one thing"),
    ]

    @Test("Headers that lie are refused", arguments: 0..<13)
    func lies(row: Int) throws {
        let (change, refusal) = Self.lies[row]
        let place = try Place()
        var file = Self.archive()
        change(&file)
        try place.write(file.bytes)
        let found = try #require(place.refusal())
        #expect(found.hasPrefix("Z: ") && found.contains(refusal), "\(found)")
    }

    @Test("What is cut off, empty or no archive is refused")
    func broken() throws {
        let place = try Place()
        let bytes = Self.archive().bytes
        for count in [0, 1, 21, 100, bytes.count - 1] {
            try place.write(Array(bytes[..<count]))
            #expect(place.refusal() == "Z: is not a whole ZIP archive", "\(count)")
        }
        try place.write([UInt8](repeating: 0x50, count: 100_000))
        #expect(place.refusal() == "Z: is not a whole ZIP archive")
        try place.write(Array(bytes.dropFirst(10)))
        #expect(place.refusal() != nil)
        #expect(try Place().refusal()?.contains("cannot be opened") == true)
    }

    @Test("A million entries are refused before they are read", .timeLimit(.minutes(1)))
    func millionEntries() throws {
        let place = try Place()
        try place.python(
            """
            with zipfile.ZipFile("aplusb.zip", "w") as z:
                z.writestr("problem.yaml", "name: x")
            n = 1000000
            entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1,
                                0, 0, 0, 0, 0, 0) + b"x"
            with open("aplusb.zip", "wb") as f:
                f.write(entry * n)
                end = f.tell()
                f.write(struct.pack("<IQHHIIQQQQ", 0x06064b50, 44, 45, 45, 0, 0, n, n, end, 0))
                f.write(struct.pack("<IIQI", 0x07064b50, 0, end, 1))
                f.write(struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 65535, 65535,
                                    0xffffffff, 0xffffffff, 0))
            """)
        #expect(place.refusal() == "Z: lists 1000000 entries; at most 100000 are read")
        // The same with a record that says it were one.
        try place.python(
            """
            data = bytearray(open("aplusb.zip", "rb").read()[:-98])
            size = len(data)
            data += struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 1, 1, size, 0, 0)
            open("aplusb.zip", "wb").write(data)
            """)
        #expect(place.refusal()?.contains("has a list of entries of 47000000 bytes") == true)
    }

    @Test("A bomb that states its size is refused without unpacking", .timeLimit(.minutes(1)))
    func statedBomb() throws {
        let place = try Place()
        var file = Self.archive()
        for index in 0..<3 {
            file.entries.append(
                .init(
                    name: Array("aplusb/\(index)".utf8), data: [1], method: 8, size: 1 << 30))
        }
        try place.write(file.bytes)
        #expect(place.refusal()?.contains("or more, which ") == true)
    }

    @Test("A bomb that hides its size is stopped where its size ends", .timeLimit(.minutes(1)))
    func hiddenBomb() throws {
        let place = try Place()
        // A gigabyte of zeros says that it is ten bytes, in both headers.
        try place.python(
            """
            zeros = bytes(1 << 20)
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = b"".join(packer.compress(zeros) for _ in range(1 << 10)) + packer.flush()
            name = b"bomb"
            common = struct.pack("<HHHIIIIHH", 20, 0, 8, 0, 0, len(data), 10, len(name), 0)
            local = struct.pack("<I", 0x04034b50) + common + name + data
            listed = (struct.pack("<IH", 0x02014b50, 20) + common
                      + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name)
            end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 1, 1, len(listed), len(local), 0)
            open("aplusb.zip", "wb").write(local + listed + end)
            """)
        #expect(place.refusal() == "Z: unpacks to more than it says: bomb")
    }
}
