import GRDB
package import JudgeCore

/// What waits in one class of the queue.
package struct QueueClass: Sendable, Equatable {
    package var priority: Priority
    package var length: Int
    /// Since it was queued; nil when nothing waits.
    package var oldestAge: Duration?

    package init(priority: Priority, length: Int, oldestAge: Duration?) {
        self.priority = priority
        self.length = length
        self.oldestAge = oldestAge
    }
}

extension SQLiteStore {
    /// What waits now, every class once, the least urgent first.
    package func queueClasses() async throws(StoreError) -> [QueueClass] {
        try await read("count the queue") { db, now in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT priority, count(*) AS length, min(queued_at_ms) AS oldest
                    FROM job WHERE state = 'queued' GROUP BY priority
                    """)
            return Priority.allCases.map { priority in
                let row = rows.first { $0["priority"] == priority.rawValue }
                let oldest: Int64? = row?["oldest"]
                return QueueClass(
                    priority: priority, length: row?["length"] ?? 0,
                    oldestAge: oldest.map {
                        .milliseconds(max(0, now.millisecondsSince1970 - $0))
                    })
            }
        }
    }
}
