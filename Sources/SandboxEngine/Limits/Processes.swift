import Linux

/// Processes and threads at one time.
///
/// Set: by the cgroup, which refuses the next one. Breach: one was refused and the program did not
/// end well; a program that copes with the refusal has done nothing wrong.
struct ProcessLimit {
    let limit: Int

    func isBreached(_ events: CgroupEvents, exitCode: Int32?) -> Bool {
        events.processLimitHits > 0 && exitCode != 0
    }

    func reason(_ events: CgroupEvents) -> String {
        "was refused a process or thread beyond \(limit), \(events.processLimitHits) times"
    }
}
