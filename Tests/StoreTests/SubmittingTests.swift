import JudgeCore
import Store
import Testing
import Units

@Suite("Submitting and reading")
struct SubmittingTests {
    @Test("A submission comes back byte for byte", arguments: StoreKind.allCases)
    func bytes(kind: StoreKind) async throws {
        let fixture = try await Fixture(kind)
        let files = [
            SourceFile(name: "main.py", bytes: [0, 255, 13, 10, 0xC3]),
            SourceFile(name: "empty.txt", bytes: []),
            SourceFile(name: "a.py", bytes: [UInt8](0...255)),
        ]
        let id = try await fixture.store.submit(
            NewSubmission(
                problem: "aplusb", language: "python3", user: "ada", entryPoint: "main.py",
                files: files))
        let stored = try await fixture.store.submission(id)
        #expect(stored.files == files)
        #expect(stored.language == "python3")
        #expect(stored.user == "ada")
        #expect(stored.entryPoint == "main.py")
        #expect(try await fixture.store.record(of: id).submittedAt == stored.submittedAt)
    }

    @Test("A submission to an unknown problem is refused and nothing is stored")
    func unknownProblem() async throws {
        let fixture = try await Fixture()
        await #expect(throws: StoreError.noSuchProblem(id: "nope")) {
            try await fixture.submit(problem: "nope")
        }
        #expect(try await fixture.store.list(SubmissionFilter()).isEmpty)
        #expect(try await fixture.store.queueLength() == QueueLength(queued: 0, running: 0))
    }

    @Test("Two files of one name are refused and nothing is stored")
    func duplicateFile() async throws {
        let fixture = try await Fixture()
        let file = SourceFile(name: "a.cpp", bytes: [])
        let submission = NewSubmission(
            problem: "aplusb", language: "cpp17", files: [file, file])
        await #expect(throws: StoreError.duplicateFile(name: "a.cpp")) {
            try await fixture.store.submit(submission)
        }
        #expect(try await fixture.store.list(SubmissionFilter()).isEmpty)
    }

    @Test("An unknown submission is told", arguments: StoreKind.allCases)
    func unknownSubmission(kind: StoreKind) async throws {
        let store = try await Fixture(kind).store
        await #expect(throws: StoreError.noSuchSubmission(id: 7)) { try await store.record(of: 7) }
        await #expect(throws: StoreError.noSuchSubmission(id: 7)) { try await store.submission(7) }
    }

    @Test("Submissions are listed newest first, each filter admits only its own")
    func list() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.addProblem(.sample("hello"))
        let first = try await fixture.submit(user: "ada")
        let second = try await fixture.submit(user: "bob")
        let third = try await fixture.submit(problem: "hello", user: "ada")
        let claim = try #require(try await fixture.claim())
        _ = try await fixture.store.finish(claim.lease, with: .slow)

        func listed(_ filter: SubmissionFilter) async throws -> [Int64] {
            try await fixture.store.list(filter).map(\.id)
        }
        #expect(try await listed(SubmissionFilter()) == [third, second, first])
        #expect(try await listed(SubmissionFilter(limit: 2)) == [third, second])
        #expect(try await listed(SubmissionFilter(problem: "hello")) == [third])
        #expect(try await listed(SubmissionFilter(user: "ada")) == [third, first])
        #expect(try await listed(SubmissionFilter(verdict: .timeLimit)) == [first])
        #expect(try await listed(SubmissionFilter(verdict: .accepted)) == [])
        #expect(try await listed(SubmissionFilter(state: .queued)) == [third, second])
        #expect(
            try await listed(SubmissionFilter(problem: "aplusb", user: "ada", state: .done))
                == [first])
    }

    @Test("A record holds all of the newest judgement, a list only its outcome")
    func record() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit(user: "ada", priority: .high)
        let queued = try await fixture.store.record(of: id)
        #expect(queued.state == .queued)
        #expect(queued.priority == .high)
        #expect(queued.judgement == nil)
        #expect(queued.worker == nil)
        #expect(!queued.isSettled)

        let claim = try #require(try await fixture.claim("host-1"))
        let running = try await fixture.store.record(of: id)
        #expect(running.state == .running)
        #expect(running.worker == "host-1")
        #expect(running.attempt == 1)

        fixture.clock.advance(by: .milliseconds(412))
        #expect(try await fixture.store.finish(claim.lease, with: .slow) == .written)
        let done = try await fixture.store.record(of: id)
        #expect(done.state == .done)
        #expect(done.isSettled)
        #expect(done.judgement == .slow)
        #expect(done.attempt == 1)
        #expect(done.worker == "host-1")
        let waited = try #require(done.judgedAt).millisecondsSince1970
        #expect(waited == done.submittedAt.millisecondsSince1970 + 412)

        var short = Judgement.slow
        short.tests = []
        short.compile = nil
        #expect(try await fixture.store.list(SubmissionFilter()).first?.judgement == short)
    }

    @Test("Texts are cut at their stated size and say so, and keep what fits as it is")
    func cut() async throws {
        let fixture = try await Fixture()
        let fits = String(repeating: "x", count: Int(StoredSize.checkerMessage.bytes))
        let long = String(repeating: "ä", count: 100_000)
        var judgement = Judgement.slow
        judgement.compile?.output = long
        judgement.reason?.text = long
        judgement.tests[0].checkerMessage = fits
        judgement.tests[1].checkerMessage = fits + "x"
        judgement.tests[1].teamMessage = fits + "y"
        judgement.tests[1].transcript.lines = (0..<30_000).map {
            Transcript.Line(
                time: .microseconds($0), speaker: "interactor", text: "a line of some length")
        }
        let id = try await fixture.submit()
        let claim = try #require(try await fixture.claim())
        _ = try await fixture.store.finish(claim.lease, with: judgement)

        let stored = try #require(try await fixture.store.record(of: id).judgement)
        #expect(stored.tests[0].checkerMessage == fits)
        let cut = [
            (stored.compile?.output, StoredSize.compilerOutput),
            (stored.reason?.text, StoredSize.reason),
            (stored.tests[1].checkerMessage, StoredSize.checkerMessage),
            (stored.tests[1].teamMessage, StoredSize.checkerMessage),
        ]
        let lines = stored.tests[1].transcript.lines
        #expect(lines.count > 20_000 && lines.count < 30_000)
        #expect(lines.last?.text == "[cut at \(StoredSize.transcript)]")
        for (text, limit) in cut {
            let text = try #require(text)
            #expect(text.utf8.count <= limit.bytes && text.utf8.count > limit.bytes - 4)
            #expect(text.hasSuffix("[cut at \(limit)]"))
            #expect(!text.contains("\u{FFFD}"))
        }
    }

    @Test("A NUL in a message ends neither the message nor the row")
    func nul() async throws {
        let fixture = try await Fixture()
        var judgement = Judgement.slow
        judgement.tests[0].checkerMessage = "a\0b"
        let id = try await fixture.submit()
        let claim = try #require(try await fixture.claim())
        _ = try await fixture.store.finish(claim.lease, with: judgement)
        let stored = try await fixture.store.record(of: id).judgement
        #expect(stored?.tests.first?.checkerMessage == "a\u{FFFD}b")
    }
}
