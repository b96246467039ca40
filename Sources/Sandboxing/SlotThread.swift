import Glibc

/// The thread that one slot lives on: its actor's jobs run here, one after another, so that waiting
/// for a helper blocks no thread of the cooperative pool.
///
/// `@unchecked Sendable`: `jobs`, `isOver` and `isWorking` are touched only with `mutex` held; the pthread
/// objects are made for being shared.
final class SlotThread: SerialExecutor, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []
    private var isOver = false
    private var isWorking = false

    init() {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        start()
    }

    private func start() {
        isWorking = true
        // The thread keeps this object alive until it ends.
        DetachedThread { self.work() }.start()
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        // Whoever calls a closed slot gets its answer, too.
        if isWorking { pthread_cond_signal(condition) } else { start() }
        pthread_mutex_unlock(mutex)
    }

    /// Ends the thread when nothing is queued any more. The owner's last call.
    func finish() {
        pthread_mutex_lock(mutex)
        isOver = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    private func work() {
        while let job = next() { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    private func next() -> UnownedJob? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty && !isOver { pthread_cond_wait(condition, mutex) }
        guard jobs.isEmpty else { return jobs.removeFirst() }
        isWorking = false
        return nil
    }
}
