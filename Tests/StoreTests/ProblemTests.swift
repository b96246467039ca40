import JudgeCore
import Store
import Testing

@Suite("Installed problems")
struct ProblemTests {
    @Test("A problem comes back as it was installed, by its own name and in the list")
    func install() async throws {
        let fixture = try await Fixture()
        var hello = NewProblem.sample("hello")
        hello.timeLimit = nil
        let installed = try await fixture.store.addProblem(hello)
        #expect(installed.timeLimit == nil)
        #expect(installed.directory == hello.directory)
        #expect(installed.digest == hello.digest)
        #expect(try await fixture.store.problem("hello") == installed)
        #expect(try await fixture.store.problems().map(\.id) == ["aplusb", "hello"])
        #expect(try await fixture.store.problem("aplusb").timeLimit == .seconds(1))
    }

    @Test("A new version is judged from now on; older submissions keep theirs")
    func versions() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let newer = try await fixture.store.addProblem(.sample(digest: "d2"))
        try await fixture.submit()
        #expect(try await fixture.claim()?.problem.digest == "d1")
        #expect(try await fixture.claim()?.problem.digest == "d2")
        #expect(try await fixture.store.problems() == [newer])
    }

    @Test("A removed problem takes no submission, and what came before is still judged")
    func remove() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let unused = try await fixture.store.addProblem(.sample(digest: "d2"))
        #expect(try await fixture.store.removeProblem("aplusb") == [unused])
        await #expect(throws: StoreError.noSuchProblem(id: "aplusb")) {
            try await fixture.submit()
        }
        await #expect(throws: StoreError.noSuchProblem(id: "aplusb")) {
            try await fixture.store.removeProblem("aplusb")
        }
        #expect(try await fixture.store.problems().isEmpty)
        let claim = try #require(try await fixture.claim())
        #expect(claim.submission.id == id)
        #expect(claim.problem.digest == "d1")
    }
}
