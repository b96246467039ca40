import Foundation
import JudgeCore
import Store
import Testing

@Suite struct ReleaseTests {
    @Test("A worker that is held back is released by its name, and nobody else is")
    func release() async throws {
        let desk = try Desk()
        _ = try desk.submit()
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        let none = try desk.judge("worker", "release", "vm")
        #expect(none.status == 65)
        #expect(none.complaint == "judge: no worker \"vm\" is held back; none is\n")
        let path = desk.directory.appending(path: "judge.db").path(percentEncoded: false)
        let store = try await SQLiteStore.open(path: path, access: .write)
        try await store.addRepetition(
            NewRepetition(
                jobID: 1, worker: "vm-1", heldAs: "vm-01", slot: 1, firstSlot: 0,
                judgement: Judgement(verdict: .wrongAnswer, reason: nil),
                difference: "verdict: AC first, WA again"))
        try await store.close()
        let wrong = try desk.judge("worker", "release", "vm-02")
        #expect(wrong.status == 65)
        #expect(wrong.complaint.hasSuffix("did you mean vm-01?\n"))
        let released = try desk.judge("worker", "release", "vm-01")
        #expect(released.status == 0)
        #expect(released.output == "vm-01 may have new work\n")
        #expect(try desk.judge("worker", "release", "vm-01").status == 65)
    }
}
