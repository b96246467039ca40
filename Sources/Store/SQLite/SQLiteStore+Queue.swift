import GRDB
import JudgeCore

/// What waits in one class of the queue.
package struct WaitingClass: Sendable, Equatable {
    /// `rejudging`, `low`, `normal` or `high`.
    package var name: String
    package var length: Int
    /// Since it was queued; nil when nothing waits.
    package var oldestAge: Duration?

    package init(name: String, length: Int, oldestAge: Duration?) {
        self.name = name
        self.length = length
        self.oldestAge = oldestAge
    }
}

extension SQLiteStore {
    /// What waits now, every class once, the least urgent first.
    package func waitingClasses() async throws(StoreError) -> [WaitingClass] {
        try await read("count the queue") { db, now in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT queue_class, count(*) AS length, min(queued_at_ms) AS oldest
                    FROM job WHERE state = 'queued' GROUP BY queue_class
                    """)
            return QueueClass.allCases.reversed().map { queueClass in
                let row = rows.first { $0["queue_class"] == queueClass.rawValue }
                let oldest: Int64? = row?["oldest"]
                return WaitingClass(
                    name: "\(queueClass)", length: row?["length"] ?? 0,
                    oldestAge: oldest.map {
                        .milliseconds(max(0, now.millisecondsSince1970 - $0))
                    })
            }
        }
    }
}
