import GRDB
import JudgeCore

// A rejudging is a named set of jobs beside those that submissions came with. Making one and changing
// what counts are single transactions, so that every reader sees all of a set or nothing.

extension SQLiteStore {
    package func rejudge(_ new: NewRejudging) async throws(StoreError) -> RejudgingAnswer {
        // Looking for them may take long on a large file; nobody has to wait for it.
        let found = try await read("look what to judge again") { db, _ in
            let candidates = try Candidate.all(db, new.selection)
            return Found(
                chosen: candidates.filter { $0.isChosen(by: new.selection) }
                    .map(\.submission.submission),
                unsettled: candidates.count { !$0.isSettled },
                withoutProblem: candidates.count { $0.isSettled && $0.version == nil })
        }
        return try await write("store a rejudging", durable: true) {
            [attempts, audit] db, now in
            if let set = try Rejudging.asked(db, new) {
                return RejudgingAnswer(set: set, isNew: false)
            }
            var answer = RejudgingAnswer(
                set: nil, isNew: false, unsettled: found.unsettled,
                withoutProblem: found.withoutProblem)
            guard !found.chosen.isEmpty else { return answer }
            let (id, name) = try Self.insert(db, now, new)
            let count = try Candidate.insertJobs(
                db, now, of: found.chosen, rejudging: id, counts: !new.isHeld, attempts: attempts)
            guard count > 0 else {
                // All of them have come to be judged since they were found.
                try db.execute(sql: "DELETE FROM rejudging WHERE id = ?", arguments: [id])
                return answer
            }
            answer.set = try Rejudging.named(db, name)
            answer.isNew = true
            try audit.add(
                db, now, .rejudge, "rejudging \(name)",
                detail: "\(new.isHeld ? "held" : "applied"), \(count) submissions: "
                    + (answer.set?.selection ?? ""))
            return answer
        }
    }

    package func rejudgingPreview(
        of selection: RejudgingSelection
    ) async throws(StoreError) -> [RejudgedSubmission] {
        try await read("look what would be judged again") { db, _ in
            try Candidate.all(db, selection).filter { $0.isChosen(by: selection) }.map(\.submission)
        }
    }

    package func rejudgings() async throws(StoreError) -> [Rejudging] {
        try await read("list the rejudgings") { db, _ in try Rejudging.all(db) }
    }

    package func rejudging(
        _ name: String
    ) async throws(StoreError) -> (set: Rejudging, submissions: [RejudgedSubmission])? {
        try await read("read a rejudging") { db, _ in
            guard let set = try Rejudging.named(db, name) else { return nil }
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM rejudged_submissions WHERE rejudging = ?",
                arguments: [name])
            return (set, try rows.map(RejudgedSubmission.init))
        }
    }

    package func applyRejudging(_ name: String) async throws(StoreError) -> Rejudging {
        try await write("apply a rejudging", durable: true) { [audit] db, now in
            let set = try Rejudging.required(db, name)
            guard set.state != .applied else { return set }
            guard set.waiting == 0 else {
                throw StoreError.rejudgingUnfinished(name: name, waiting: set.waiting)
            }
            try Self.setState(db, name, .applied)
            try audit.add(db, now, .rejudge, "rejudging \(name)", detail: "applied")
            try db.execute(
                sql: "UPDATE job SET counts = 1 WHERE \(Self.isOfSet) AND state = 'done'",
                arguments: [name])
            return try Rejudging.required(db, name)
        }
    }

    package func undoRejudging(_ name: String) async throws(StoreError) -> Rejudging {
        try await write("undo a rejudging", durable: true) { [audit] db, now in
            let set = try Rejudging.required(db, name)
            if set.state != .undone {
                try audit.add(db, now, .rejudge, "rejudging \(name)", detail: "undone")
            }
            let running = try Row.fetchAll(
                db, sql: "SELECT * FROM job WHERE \(Self.isOfSet) AND state = 'running'",
                arguments: [name])
            for job in running { try Self.cancel(db, now, job) }
            try Self.setState(db, name, .undone)
            try db.execute(
                sql: """
                    UPDATE job SET counts = 0, state = iif(state = 'queued', 'cancelled', state)
                    WHERE \(Self.isOfSet)
                    """,
                arguments: [name])
            return try Rejudging.required(db, name)
        }
    }

    private static let isOfSet = "rejudging_id = (SELECT id FROM rejudging WHERE name = ?)"

    private static func setState(
        _ db: Database, _ name: String, _ state: RejudgingState
    ) throws {
        try db.execute(
            sql: "UPDATE rejudging SET state = ? WHERE name = ?", arguments: [state.rawValue, name])
    }

    /// Stores the set without its jobs; one without a name gets the next number that is free.
    private static func insert(
        _ db: Database, _ now: Instant, _ new: NewRejudging
    ) throws -> (id: Int64, name: String) {
        var number = try Int64.fetchOne(db, sql: "SELECT ifnull(max(id), 0) FROM rejudging") ?? 0
        var name = new.name
        // Names are unique, so that at most as many are taken as there are sets.
        while name == nil {
            number += 1
            let next = "rejudging-\(number)"
            if try Rejudging.named(db, next) == nil { name = next }
        }
        try db.execute(
            sql: """
                INSERT INTO rejudging (name, selection, state, created_at_ms) VALUES (?, ?, ?, ?)
                """,
            arguments: [
                name, new.selection.text,
                (new.isHeld ? RejudgingState.held : .applied).rawValue, now.millisecondsSince1970,
            ])
        return (db.lastInsertedRowID, name ?? "")
    }
}

/// What a selection means, before anything is written.
private struct Found: Sendable {
    var chosen: [Int64]
    var unsettled: Int
    var withoutProblem: Int
}

/// A submission that a selection may mean.
private struct Candidate {
    var submission: RejudgedSubmission
    var isSettled: Bool
    var isCancelled: Bool
    /// The newest that is installed; nil when none is.
    var version: Int64?

    init(_ row: Row) throws {
        let state: JobState = try row.word("state")
        version = row["version"]
        submission = RejudgedSubmission(
            submission: row["id"], problem: row["problem"], language: row["language"],
            user: row["user"], state: nil,
            before: try row.decision("verdict", "score"), after: nil,
            hasNewPackage: row["version_before"] != version)
        isCancelled = state == .cancelled
        isSettled = state != .queued && state != .running
    }

    /// Who was taken off by intent comes back only by intent.
    func isChosen(by selection: RejudgingSelection) -> Bool {
        guard isSettled, version != nil else { return false }
        return !isCancelled || !selection.ids.isEmpty || selection.verdict == .cancelled
    }

    /// - Throws: `noSuchSubmission`, `noSuchProblem` for one that is named by its id;
    ///   `tooManySubmissions`.
    static func all(_ db: Database, _ selection: RejudgingSelection) throws -> [Candidate] {
        let limit = NewRejudging.submissionsAtMost
        guard selection.ids.isEmpty else {
            let ids = Set(selection.ids).sorted()
            guard ids.count <= limit else { throw StoreError.tooManySubmissions(limit: limit) }
            return try ids.map { id in
                let candidate = try one(db, id)
                guard candidate.version != nil else {
                    throw StoreError.noSuchProblem(id: candidate.submission.problem)
                }
                return candidate
            }
        }
        if let problem = selection.problem { _ = try InstalledProblem.newest(db, problem) }
        var conditions = ["true"]
        var arguments: StatementArguments = []
        func admit(_ column: String, _ value: String?) {
            guard let value else { return }
            conditions.append("\(column) = ?")
            arguments += [value]
        }
        admit("submission.problem", selection.problem)
        admit("submission.language", selection.language)
        admit("judgement.verdict", selection.verdict?.rawValue)
        let condition = conditions.joined(separator: " AND ")
        let rows = try Row.fetchAll(
            db,
            sql: "\(query) WHERE \(condition) ORDER BY submission.id LIMIT \(limit + 1)",
            arguments: arguments)
        guard rows.count <= limit else { throw StoreError.tooManySubmissions(limit: limit) }
        return try rows.map(Candidate.init)
    }

    static func one(_ db: Database, _ id: Int64) throws -> Candidate {
        let statement = try db.cachedStatement(sql: "\(query) WHERE submission.id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            throw StoreError.noSuchSubmission(id: id)
        }
        return try Candidate(row)
    }

    private static let query = """
        SELECT submission.id, submission.problem, submission.language, submission.user, job.state,
            judgement.id AS judgement_id, judgement.verdict, judgement.score,
            judged.problem_version AS version_before, installed.version
        FROM submission
        JOIN job ON job.id = \(SQLText.countingJob)
        LEFT JOIN judgement ON judgement.id = \(SQLText.countingJudgement)
        LEFT JOIN job AS judged ON judged.id = judgement.job_id
        LEFT JOIN problem_version AS installed
            ON installed.problem = submission.problem AND installed.is_installed = 1
        """

    /// Queues those of the submissions once more that are still settled, in one statement: while it
    /// runs, nobody else writes.
    ///
    /// - Returns: how many.
    static func insertJobs(
        _ db: Database, _ now: Instant, of submissions: [Int64], rejudging: Int64, counts: Bool,
        attempts: Int
    ) throws -> Int {
        let share = String(rejudging)
        let turn = try QueueOrder.enter(db, QueueClass.rejudging.rawValue, share: share)
        try db.execute(
            sql: """
                INSERT INTO job
                (submission_id, problem_version, state, priority, queued_at_ms, attempt_limit,
                 rejudging_id, judgement_before_id, counts, share, turn)
                SELECT id, version, 'queued', :priority, :now, :attempts, :rejudging, judgement_id,
                    :counts, :share, :turn + 2 * (row_number() OVER (ORDER BY id) - 1)
                FROM (\(query) WHERE submission.id IN (SELECT value FROM json_each(:submissions)))
                WHERE state NOT IN ('queued', 'running') AND version IS NOT NULL
                ORDER BY id
                """,
            arguments: [
                "priority": Priority.low.rawValue, "now": now.millisecondsSince1970,
                "attempts": attempts, "rejudging": rejudging, "counts": counts, "share": share,
                "turn": turn, "submissions": "\(submissions)",
            ])
        return db.changesCount
    }
}

extension Rejudging {
    fileprivate static func all(_ db: Database) throws -> [Rejudging] {
        try Row.fetchAll(db, sql: "\(query) ORDER BY rejudging.id DESC").map(Rejudging.init)
    }

    fileprivate static func named(_ db: Database, _ name: String) throws -> Rejudging? {
        try Row.fetchOne(db, sql: "\(query) WHERE counted.name = ?", arguments: [name])
            .map(Rejudging.init)
    }

    fileprivate static func required(_ db: Database, _ name: String) throws -> Rejudging {
        guard let set = try named(db, name) else { throw StoreError.noSuchRejudging(name: name) }
        return set
    }

    /// The set that was asked for before: of the same name; without name, in the same words, if it is
    /// not over yet.
    fileprivate static func asked(_ db: Database, _ new: NewRejudging) throws -> Rejudging? {
        let selection = new.selection.text
        if let name = new.name {
            guard let set = try named(db, name) else { return nil }
            guard set.selection == selection else {
                throw StoreError.rejudgingExists(name: name, selection: set.selection)
            }
            return set
        }
        let state = new.isHeld ? RejudgingState.held : .applied
        let name = try String.fetchOne(
            db,
            sql: """
                SELECT name FROM rejudging WHERE selection = ? AND state = ?
                ORDER BY id DESC LIMIT 1
                """,
            arguments: [selection, state.rawValue])
        guard let name, let set = try named(db, name) else { return nil }
        return new.isHeld || set.waiting > 0 ? set : nil
    }

    private static let query = """
        SELECT rejudging.created_at_ms, counted.* FROM rejudgings AS counted
        JOIN rejudging ON rejudging.name = counted.name
        """

    private init(_ row: Row) throws {
        self.init(
            name: row["name"], selection: row["selection"], state: try row.word("state"),
            createdAt: row.instant("created_at_ms"), submissions: row["submissions"],
            waiting: row["waiting"], judged: row["judged"], failed: row["failed"],
            cancelled: row["cancelled"], changed: row["changed"])
    }
}

extension RejudgedSubmission {
    fileprivate init(_ row: Row) throws {
        self.init(
            submission: row["submission_id"], problem: row["problem"], language: row["language"],
            user: row["user"], state: try row.word("state", JobState.self),
            before: try row.decision("verdict_before", "score_before"),
            after: try row.decision("verdict_after", "score_after"),
            hasNewPackage: row["problem_version_before"] as Int64? != row["problem_version"])
    }
}

extension Row {
    fileprivate func decision(
        _ verdict: String, _ score: String
    ) throws -> RejudgedSubmission.Decision? {
        guard self[verdict] != nil else { return nil }
        return RejudgedSubmission.Decision(verdict: try word(verdict), score: self[score])
    }
}
