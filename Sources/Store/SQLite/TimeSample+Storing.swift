import GRDB
import JudgeCore
import Units

extension TimeSample {
    func insert(_ db: Database, run: Int, at position: Int, of judgement: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO time_sample
                (judgement_id, position, run, use, cpu_time_us, wall_time_us, stolen_us, waiting_us)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            judgement, position, run, use.rawValue, cpuTime.wholeMicroseconds,
            wallTime.wholeMicroseconds, stolenTime?.wholeMicroseconds,
            waitingTime?.wholeMicroseconds,
        ])
    }

    /// All of a judgement, by the position of the test.
    static func stored(_ db: Database, ofJudgement id: Int64) throws -> [Int: [TimeSample]] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM time_sample WHERE judgement_id = ? ORDER BY position, run")
        var samples: [Int: [TimeSample]] = [:]
        for row in try Row.fetchAll(statement, arguments: [id]) {
            samples[row["position"], default: []].append(
                TimeSample(
                    try row.word("use"), cpuTime: row.duration("cpu_time_us") ?? .zero,
                    wallTime: row.duration("wall_time_us") ?? .zero,
                    stolenTime: row.duration("stolen_us"),
                    waitingTime: row.duration("waiting_us")))
        }
        return samples
    }
}
