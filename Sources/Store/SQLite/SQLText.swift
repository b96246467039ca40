/// Pieces of SQL that several statements share.
enum SQLText {
    /// SQLite's clock in whole milliseconds since 1970. `unixepoch('subsec')` came with 3.42, later
    /// than Debian 12 and Ubuntu 22.04; a Julian day as double resolves 40 microseconds.
    static let nowInMilliseconds =
        "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"

    /// ISO 8601 in UTC with milliseconds of a column that counts milliseconds since 1970.
    static func iso8601(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
    }

    /// Whether a row of `judgement` has compiler messages in itself, as versions before schema 8 stored them.
    static let hasFormerMessages = "coalesce(compile_output, '') <> ''"
    static let formerMessageSize = "length(CAST(coalesce(compile_output, '') AS BLOB))"

    /// The id of the job that says the state of the row of `submission`.
    static let countingJob =
        "(SELECT max(id) FROM job WHERE submission_id = submission.id AND counts = 1)"

    /// The id of the judgement that says the verdict of the row of `submission`.
    static let countingJudgement = """
        (SELECT max(made.id) FROM judgement AS made JOIN job AS ended ON ended.id = made.job_id
            WHERE made.submission_id = submission.id AND ended.counts = 1)
        """
}
