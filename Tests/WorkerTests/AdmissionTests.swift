import GRDB
import JudgeCore
import Logging
import Store
import Testing
import Worker

@Suite("What a worker must find before it judges")
struct AdmissionTests {
    @Test("A worker whose machine holds judges under what it found")
    func admitted() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let check = try await Admission.admit(
            WorkerCheck(faults: [], document: "{}"), worker: "w", to: fixture.store)
        var settings = WorkerSettings(name: "w", drain: true)
        settings.hostCheck = check
        let judge = FakeJudge { _ in .answers(.accepted) }
        try await WorkerService(
            store: fixture.store, judge: judge, settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clock: fixture.clock
        ).run()
        #expect(try await fixture.store.record(of: id).state == .done)
        #expect(try fixture.rows("SELECT host_check_id FROM judgements") == ["\(check)"])
        #expect(try fixture.rows("SELECT outcome FROM worker_checks") == ["held"])
    }

    @Test("A worker whose machine does not hold is refused with each fault, and that is stored")
    func refused() async throws {
        let fixture = try await Fixture()
        let faults = ["cgroup: missing", "probe-mount: mount succeeds"]
        await #expect(throws: WorkerRefused(faults: faults)) {
            try await Admission.admit(
                WorkerCheck(faults: faults, document: "{\"ok\": false}"), worker: "w",
                to: fixture.store)
        }
        #expect(
            try fixture.rows("SELECT worker || outcome || document FROM worker_checks")
                == ["wfailed{\"ok\": false}"])
    }
}

extension Fixture {
    fileprivate func rows(_ sql: String) throws -> [String] {
        try DatabaseQueue(path: store.path).read { try String.fetchAll($0, sql: sql) }
    }
}
