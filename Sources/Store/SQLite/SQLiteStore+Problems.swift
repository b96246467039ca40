import GRDB
import JudgeCore
import Units

extension SQLiteStore {
    package func addProblem(
        _ problem: NewProblem
    ) async throws(StoreError) -> InstalledProblem {
        try await write("install a problem", durable: true) { [audit] db, now in
            try Self.uninstall(db, problem.id)
            try db.execute(
                sql: """
                    INSERT INTO problem_version
                    (problem, name, directory, digest, time_limit_us, added_at_ms, is_installed)
                    VALUES (?, ?, ?, ?, ?, ?, 1)
                    """,
                arguments: [
                    problem.id, problem.name, problem.directory, problem.digest,
                    problem.timeLimit?.wholeMicroseconds, now.millisecondsSince1970,
                ])
            let installed = try InstalledProblem.newest(db, problem.id)
            try audit.add(
                db, now, .addProblem, "problem \(problem.id)",
                detail: "version \(installed.version), digest \(problem.digest)")
            return installed
        }
    }

    package func problems() async throws(StoreError) -> [InstalledProblem] {
        try await read("list the problems") { db, _ in
            try Row.fetchAll(
                db, sql: "SELECT * FROM problem_version WHERE is_installed = 1 ORDER BY problem"
            ).map(InstalledProblem.init)
        }
    }

    package func problem(_ id: String) async throws(StoreError) -> InstalledProblem {
        try await read("find a problem") { db, _ in try InstalledProblem.newest(db, id) }
    }

    package func removeProblem(_ id: String) async throws(StoreError) -> [InstalledProblem] {
        try await write("remove a problem", durable: true) { [audit] db, now in
            let newest = try InstalledProblem.newest(db, id)
            try audit.add(
                db, now, .removeProblem, "problem \(id)", detail: "version \(newest.version)")
            try Self.uninstall(db, id)
            return try Row.fetchAll(
                db,
                sql: """
                    DELETE FROM problem_version WHERE problem = ?
                    AND NOT EXISTS (SELECT 1 FROM submission
                        WHERE submission.problem_version = problem_version.version)
                    AND NOT EXISTS (SELECT 1 FROM job
                        WHERE job.problem_version = problem_version.version)
                    RETURNING *
                    """,
                arguments: [id]
            ).map(InstalledProblem.init)
        }
    }

    private static func uninstall(_ db: Database, _ id: String) throws {
        try db.execute(
            sql:
                "UPDATE problem_version SET is_installed = 0 WHERE problem = ? AND is_installed = 1",
            arguments: [id])
    }
}
