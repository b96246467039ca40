/// What a problem says whose submissions run as several programs at one time, joined by a manager.
///
/// The key `communication` of problem.yaml; it is this judge's own, the package format has none. The
/// manager is the output validator, and every program talks to it alone, unless a LAN joins them.
package struct Communication: Sendable, Equatable {
    package enum Programs: Sendable, Equatable {
        /// The one program of the submission, so many times.
        case copies(Int)
        /// Programs of their own, by the names of the files that they start with, without endings.
        case named([String])
    }

    package static let fewest = 2
    package static let most = 16

    package var programs: Programs
    /// Whether the programs are nodes of one private network.
    package var onLan: Bool

    package init(programs: Programs, onLan: Bool = false) {
        self.programs = programs
        self.onLan = onLan
    }

    /// How many run at one time.
    package var count: Int {
        switch programs {
        case .copies(let count): count
        case .named(let names): names.count
        }
    }

    /// What messages call a program: `encoder`, or `program 1`.
    /// - Parameter index: from 0.
    package func name(of index: Int) -> String {
        switch programs {
        case .copies: "program \(index)"
        case .named(let names): names[index]
        }
    }
}

extension Communication {
    private static let keys: Set<String> = ["programs", "network"]

    /// Reads the key; nil where it is not there.
    static func read(from yaml: YAMLMap) throws(ProblemsError) -> (Communication, [String])? {
        guard let key = yaml.value("communication") else { return nil }
        guard let map = try yaml.map("communication") else { return nil }
        guard let programs = map.value("programs") else {
            throw yaml.error(
                key, "communication must state programs, their number or a list of their names")
        }
        var communication = Communication(programs: try self.programs(programs, of: map))
        switch try map.text("network") ?? "none" {
        case "none": break
        case "lan": communication.onLan = true
        default:
            throw map.error(
                map.value("network") ?? key, "communication.network must be none or lan")
        }
        return (communication, map.unknown(besides: keys))
    }

    private static func programs(
        _ key: YAMLKey, of map: YAMLMap
    ) throws(ProblemsError) -> Programs {
        if case .text(let text, plain: true) = key.value.content, let count = Int(text) {
            guard (fewest...most).contains(count) else {
                throw map.error(key, "communication.programs must be from \(fewest) to \(most)")
            }
            return .copies(count)
        }
        guard case .list = key.value.content, let names = try map.list("programs") else {
            throw map.error(
                key, "communication.programs must be a number or a list of names")
        }
        guard (fewest...most).contains(names.count) else {
            throw map.error(
                key, "communication.programs must name from \(fewest) to \(most) programs")
        }
        let isName = /[A-Za-z_][A-Za-z0-9_]{0,63}/
        for name in names where name.wholeMatch(of: isName) == nil {
            throw map.error(
                key,
                "communication.programs: \"\(name)\" cannot be a program's name: use letters, "
                    + "digits and _, not beginning with a digit")
        }
        guard Set(names).count == names.count else {
            throw map.error(key, "communication.programs names a program twice")
        }
        return .named(names)
    }
}
