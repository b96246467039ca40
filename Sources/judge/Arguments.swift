import ArgumentParser
import JudgeCore

/// A verdict by its id, in either case.
extension Verdict: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(rawValue: argument.uppercased())
    }
}

extension JobState: ExpressibleByArgument {}

/// The classes of the queue by name.
enum PriorityName: String, ExpressibleByArgument, CaseIterable {
    case low, normal, high

    var priority: Priority {
        switch self {
        case .low: .low
        case .normal: .normal
        case .high: .high
        }
    }
}

/// An id as `judge submit` prints it.
struct SubmissionID: ExpressibleByArgument {
    var value: Int64

    init?(argument: String) {
        guard let value = Int64(argument), value > 0 else { return nil }
        self.value = value
    }
}
