import SandboxProtocol

/// Slots for programs that run at one time, and what joins them.
struct Crew: Sendable {
    let slots: [SandboxSlot]
    let lan: LanHelper?

    /// Whether it will do for so many programs.
    func suits(count: Int, onLan: Bool) -> Bool {
        slots.count == count && (lan != nil) == onLan && lan?.isAlive ?? true
    }

    func close() async {
        for slot in slots { await slot.close() }
        lan?.end()
    }
}

extension SandboxSlot {
    package func crew(of count: Int, onLan: Bool) async throws(SandboxError) -> [any Slot] {
        guard (1...LanPlan.mostNodes).contains(count), !onLan || count > 1 else {
            throw SandboxError("a crew cannot have \(count) slots")
        }
        if let crew, crew.suits(count: count, onLan: onLan) { return crew.slots }
        await crew?.close()
        crew = nil
        let opened = try await openCrew(of: count, onLan: onLan)
        // Others had their turn meanwhile.
        guard !isClosed, crew == nil else {
            await opened.close()
            throw SandboxError(isClosed ? "the slot is closed" : "the slot has a crew")
        }
        crew = opened
        return opened.slots
    }

    private func openCrew(of count: Int, onLan: Bool) async throws(SandboxError) -> Crew {
        var configuration = configuration
        // They take turns where this slot's runs are, and leave the other slots theirs.
        configuration.cpu = cpu
        let lan = onLan ? try LanHelper(path: configuration.helperPath) : nil
        var slots: [SandboxSlot] = []
        do throws(SandboxError) {
            while slots.count < count {
                slots.append(try await SandboxSlot.open(configuration, lan: lan))
            }
            return Crew(slots: slots, lan: lan)
        } catch {
            await Crew(slots: slots, lan: lan).close()
            throw error
        }
    }

    package func connectCrew() async throws(SandboxError) {
        guard let crew, let lan = crew.lan else { throw SandboxError("the crew has no network") }
        let seats = try lan.connect(nodes: crew.slots.count)
        for (slot, seat) in zip(crew.slots, seats) { await slot.sit(seat) }
    }

    package func disconnectCrew() async throws(SandboxError) {
        guard let crew, let lan = crew.lan else { throw SandboxError("the crew has no network") }
        for slot in crew.slots { await slot.sit(nil) }
        try lan.disconnect()
    }
}
