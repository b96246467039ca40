package import Sandboxing

/// Lends slots that nobody needs now to a judging that goes on, so that several of its tests run at
/// one time.
package protocol SpareSlots: Sendable {
    /// When one is worth its preparation.
    var rule: SpreadRule { get }

    /// A slot that is used by nobody else until it is given back; nil: there is none.
    func borrow() -> LentSlot?

    /// Whether somebody else needs it: then it is given back after the test that runs there.
    func isWantedBack(_ number: Int) -> Bool

    /// Nothing runs there any more.
    ///
    /// - Parameter failure: what the machine failed to do there.
    func giveBack(_ number: Int, failure: String?)
}

extension SpareSlots {
    package var rule: SpreadRule { SpreadRule() }
}

package struct LentSlot: Sendable {
    /// By which it is given back.
    package var number: Int
    package var slot: any Slot

    package init(number: Int, slot: any Slot) {
        self.number = number
        self.slot = slot
    }
}

/// When one more slot for the tests of a judging is worth its preparation.
package struct SpreadRule: Sendable, Equatable {
    /// For so few tests that have not begun none is borrowed.
    package var testsAtLeast: Int
    /// The time that is saved must be so many times what preparing takes.
    package var gain: Double

    package init(testsAtLeast: Int = 4, gain: Double = 2) {
        self.testsAtLeast = testsAtLeast
        self.gain = gain
    }

    /// What a test takes before one was run: about what a sandbox takes whose program does nothing.
    static let leastTest = Duration.milliseconds(1)

    /// How many tests must be left for one slot more.
    ///
    /// What is left, shared by `lanes + 1` and not by `lanes`, ends earlier by
    /// `tests * each / (lanes * (lanes + 1))`.
    /// - Parameters:
    ///   - each: what the tests took so far, on average.
    ///   - preparing: what preparing the first slot took.
    ///   - lanes: slots that the judging has; at least one.
    /// - Returns: nil: it never pays.
    package func testsNeeded(each: Duration, preparing: Duration, lanes: Int) -> Int? {
        guard each > .zero else { return nil }
        let needed = gain * (preparing / each) * Double(lanes) * Double(lanes + 1)
        guard needed < 1_000_000 else { return nil }
        return max(testsAtLeast, lanes + 1, Int(needed.rounded(.up)))
    }
}
