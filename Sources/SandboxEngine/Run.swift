import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

/// One run from request to report.
struct Run {
    let request: RunRequest
    let resources: RunResources
    let box: Box
    /// Descriptor given by the worker: that of standard input.
    let inputs: OwnedDescriptors
    /// Those for standard output and error.
    let outputs: OwnedDescriptors
    /// The program's channels, and the node's network namespace behind them.
    let others: OwnedDescriptors
    let control: Int32
    let receivedAt: Int64
    let above: GroupsAbove
    let sandboxes: Sandboxes

    /// What became of it, and whether the worker is still there.
    struct Ending {
        var report: RunReport
        var isOrphaned = false
    }

    /// Lets it begin, waits until no process but init is left, and reads the accounts.
    /// - Throws: the step that failed; the group may then still have processes, which were killed.
    func perform(in sandbox: Sandbox) throws(KernelError) -> Ending {
        do throws(KernelError) {
            return try watch(sandbox)
        } catch {
            // Nothing of a run that cannot be watched may go on.
            sandbox.kill()
            throw error
        }
    }

    private func watch(_ sandbox: Sandbox) throws(KernelError) -> Ending {
        let group = sandbox.group
        let output = try Descriptor.pipe()
        let outputStream = try OutputStream(
            source: .init(owning: output.read), target: outputs.take(),
            buffer: resources.buffers.output)
        let outputEnd = Descriptor(owning: output.write)
        let errors = try Descriptor.pipe()
        let errorStream = try OutputStream(
            source: .init(owning: errors.read), target: outputs.take(),
            buffer: resources.buffers.errors, tailSize: 4096)
        let errorEnd = Descriptor(owning: errors.write)
        let outputStreams = [outputStream, errorStream]
        guard let standardInput = inputs.numbers.first else {
            throw KernelError("use", "standard input", errno: EBADF)
        }
        let relay = try InputRelay(standardInput)
        try sandbox.plan.complete(request)
        try sandbox.start(
            [relay?.reader ?? standardInput, outputEnd.number, errorEnd.number]
                + others.numbers.prefix(request.channels))
        // From here the program's processes hold the only writing ends.
        close(outputEnd)
        close(errorEnd)
        others.close()
        // Who writes to a pipe learns that nobody reads it.
        if relay == nil { inputs.close() }
        relay?.closeReader()

        var supervisor = Supervisor(
            sandbox, limits: request.limits, resources: resources, streams: outputStreams,
            input: relay, control: control)
        // Nobody needs the helper for these two milliseconds: nothing comes in through it, and what goes out has
        // the room of a pipe.
        if request.hasSpareProcessor && relay == nil && request.channels == 0
            && !outputStreams.contains(where: \.targetBlocks)
        {
            sandboxes.prepare(beside: sandbox)
        }
        try supervisor.watch()
        let page = sandbox.memory.page.pointee
        sandboxes.lastTook = page.endedAt == 0 ? .max : page.endedAt - page.startedAt
        let after = supervisor.before.map { _ in resources.surroundings.reading(group) }
        // The accounts are final when nobody is left to add to them.
        guard try group.becomesEmpty(butInit: !sandbox.hasEnded, within: 2_000) else {
            throw KernelError(
                "empty the run's cgroup", "it has processes 2 s after their init ended",
                errno: EBUSY)
        }
        var report = try RunFacts(
            page: page, request: request, group: group,
            cpu: try sandbox.programCpu(), box: box, breach: supervisor.breach,
            endedAt: supervisor.endedAt, receivedAt: receivedAt, streams: outputStreams,
            tmp: sandbox.tmp.number, above: above
        ).report()
        if let before = supervisor.before { after?.tell(since: before, in: &report) }
        return Ending(report: report, isOrphaned: supervisor.isOrphaned)
    }

    private func close(_ descriptor: consuming Descriptor) {}
}
