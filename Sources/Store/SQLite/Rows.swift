import GRDB
import JudgeCore
import Units

// Tables are STRICT and their columns checked, so that a row's types are what the schema says; only
// words of our own enums can be unknown, in a file that someone else has written to.

extension Row {
    func word<Word: RawRepresentable>(_ column: String, _ type: Word.Type = Word.self) throws
        -> Word where Word.RawValue == String
    {
        let text: String = self[column]
        guard let word = Word(rawValue: text) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "unknown \(column) \"\(text)\"")
        }
        return word
    }

    func instant(_ column: String) -> Instant {
        Instant(millisecondsSince1970: self[column])
    }

    func duration(_ column: String) -> Duration? {
        let microseconds: Int64? = self[column]
        return microseconds.map { .microseconds($0) }
    }

    func size(_ column: String) -> ByteCount? {
        let bytes: Int64? = self[column]
        return bytes.map { ByteCount($0) }
    }

    func number(_ column: String) -> Int32? {
        let value: Int64? = self[column]
        return value.map { Int32(truncatingIfNeeded: $0) }
    }

    /// `reason_code` and `reason`.
    func reason() throws -> Reason? {
        guard let text: String = self["reason"] else { return nil }
        return Reason(try word("reason_code"), text)
    }
}

extension InstalledProblem {
    init(_ row: Row) {
        self.init(
            version: row["version"], id: row["problem"], name: row["name"],
            directory: row["directory"], digest: row["digest"],
            timeLimit: row.duration("time_limit_us"), addedAt: row.instant("added_at_ms"))
    }

    static func newest(_ db: Database, _ id: String) throws -> InstalledProblem {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM problem_version WHERE problem = ? AND is_installed = 1",
            arguments: [id])
        guard let row else { throw StoreError.noSuchProblem(id: id) }
        return InstalledProblem(row)
    }

    static func version(_ db: Database, _ version: Int64) throws -> InstalledProblem? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM problem_version WHERE version = ?", arguments: [version]
        ).map(InstalledProblem.init)
    }
}

extension Submission {
    static func requireStored(_ db: Database, _ id: Int64) throws {
        let exists = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM submission WHERE id = ?)", arguments: [id])
        guard exists == true else { throw StoreError.noSuchSubmission(id: id) }
    }

    static func stored(_ db: Database, _ id: Int64) throws -> Submission {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM submission WHERE id = ?", arguments: [id])
        guard let row else { throw StoreError.noSuchSubmission(id: id) }
        let files = try Row.fetchAll(
            db,
            sql:
                "SELECT name, bytes FROM submission_file WHERE submission_id = ? ORDER BY position",
            arguments: [id])
        return Submission(
            id: id, problem: row["problem"], language: row["language"], user: row["user"],
            entryPoint: row["entry_point"],
            files: files.map { row in
                let blob: Blob = row["bytes"]
                return SourceFile(name: row["name"], bytes: blob.bytes)
            },
            submittedAt: row.instant("submitted_at_ms"))
    }
}

extension JobState {
    /// The state of a submission: that of its newest job that counts.
    static func counting(_ db: Database, ofSubmission id: Int64) throws -> JobState {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT state FROM job WHERE submission_id = ? AND counts = 1
                ORDER BY id DESC LIMIT 1
                """,
            arguments: [id])
        guard let row else { throw StoreError.noSuchSubmission(id: id) }
        return try row.word("state")
    }
}

extension TestResult {
    init(_ row: Row) throws {
        self.init(
            name: row["name"], group: row["test_group"], verdict: try row.word("verdict"),
            score: row["score"], reason: try row.reason(),
            cpuTime: row.duration("cpu_time_us") ?? .zero,
            wallTime: row.duration("wall_time_us") ?? .zero,
            memoryPeak: row.size("memory_peak_bytes") ?? .zero,
            exitCode: row.number("exit_code"), signal: row.number("signal"),
            checkerMessage: row["checker"], teamMessage: row["team"])
    }
}

extension CompileResult {
    /// nil when the judging ended before the compiler ran.
    init?(_ row: Row) {
        guard let ok: Bool = row["compile_ok"] else { return nil }
        self.init(
            ok: ok, cpuTime: row.duration("compile_cpu_time_us") ?? .zero,
            memoryPeak: row.size("compile_memory_peak_bytes") ?? .zero,
            output: row["compile_output"] ?? "")
    }
}
