import JudgeCore

/// The tree of graded groups: every group of `groups` in the order of its first test, but after the
/// groups it depends on.
struct PolygonGroups {
    private struct Group {
        var name: String
        var element: XMLElement?
        var rule: PolygonRule
        var tests: [Int] = []
    }

    private static let policies: [String: PolygonRule.Policy] = [
        "complete-group": .completeGroup, "each-test": .eachTest,
    ]
    private static let feedbacks: Set<String> = ["none", "points", "icpc", "complete"]
    /// Of those that are described, and of those that tests name.
    private static let mostGroups = 1_000

    let set: PolygonTestset
    private(set) var isScoring = false
    private(set) var tree: TestGroup
    private(set) var warnings: [String] = []
    private var groups: [Group] = []
    /// Where each group is, by its name.
    private var places: [String: Int] = [:]

    init(_ set: PolygonTestset) {
        self.set = set
        tree = .passFail(testCount: set.tests.count)
    }

    /// - Returns: itself with the tree: all tests in one group where nothing gives points.
    func read() throws(ProblemsError) -> PolygonGroups {
        var read = self
        try read.readGroups()
        read.isScoring =
            set.tests.contains { $0.points != nil }
            || read.groups.contains { $0.rule.points != nil }
        let ordered = try read.ordered()
        guard read.isScoring else { return read }
        read.tree = TestGroup(
            name: "",
            members: ordered.map { group in
                .group(
                    TestGroup(
                        name: group.name, members: group.tests.map(TestGroup.Member.test),
                        rule: .polygon(group.rule)))
            }, rule: .total)
        return read
    }

    private mutating func readGroups() throws(ProblemsError) {
        for element in set.element.child("groups")?.children("group") ?? [] {
            guard let name = element["name"] else { throw element.error("the group has no name") }
            guard places[name] == nil else {
                throw element.error("the group \(name) is there twice")
            }
            try add(Group(name: name, element: element, rule: try rule(element, name)))
        }
        for (index, test) in set.tests.enumerated() {
            if places[test.group] == nil {
                try add(Group(name: test.group, rule: PolygonRule(policy: .eachTest, points: nil)))
            }
            guard let place = places[test.group] else { continue }
            groups[place].tests.append(index)
            groups[place].rule.testPoints.append(test.points)
        }
        for group in groups { checkPoints(of: group) }
    }

    private mutating func add(_ group: Group) throws(ProblemsError) {
        guard groups.count < Self.mostGroups else {
            throw set.element.error("has more than \(Self.mostGroups) groups")
        }
        places[group.name] = groups.count
        groups.append(group)
    }

    private func rule(_ element: XMLElement, _ name: String) throws(ProblemsError) -> PolygonRule {
        let stated = element["points-policy"] ?? "each-test"
        guard let policy = Self.policies[stated] else {
            throw element.error(
                "points-policy \"\(stated)\" is neither complete-group nor each-test")
        }
        if let feedback = element["feedback-policy"], !Self.feedbacks.contains(feedback) {
            throw element.error(
                "feedback-policy \"\(feedback)\" is not one of none, points, icpc, complete")
        }
        var rule = PolygonRule(policy: policy, points: try element.points())
        for dependency in element.child("dependencies")?.children("dependency") ?? [] {
            guard let group = dependency["group"] else {
                throw dependency.error("the dependency names no group")
            }
            rule.dependencies.append(group)
        }
        return rule
    }

    /// A group may state its points, its tests theirs, or both the same.
    private mutating func checkPoints(of group: Group) {
        guard let points = group.rule.points, let element = group.element else { return }
        let stated = group.rule.testPoints.compactMap(\.self)
        guard !stated.isEmpty, abs(stated.reduce(0, +) - points) > 1e-9 else { return }
        warnings.append(
            element.warning(
                "the group \(group.name) states \(points) points, its tests \(stated.reduce(0, +)) "
                    + "together; the "
                    + (group.rule.policy == .completeGroup ? "group's count" : "tests' count")))
    }

    /// By first test, each after those it depends on.
    private func ordered() throws(ProblemsError) -> [Group] {
        let names = Set(groups.map(\.name))
        for group in groups {
            if let unknown = group.rule.dependencies.first(where: { !names.contains($0) }) {
                throw error(group, "depends on \(unknown), which is no group")
            }
        }
        var waiting = groups.filter { !$0.tests.isEmpty || $0.element != nil }
            .sorted { ($0.tests.first ?? .max) < ($1.tests.first ?? .max) }
        var ordered: [Group] = []
        var done: Set<String> = []
        while !waiting.isEmpty {
            guard
                let next = waiting.firstIndex(where: {
                    $0.rule.dependencies.allSatisfy(done.contains)
                })
            else { throw error(waiting[0], "depends on itself through other groups") }
            let group = waiting.remove(at: next)
            done.insert(group.name)
            ordered.append(group)
        }
        return ordered
    }

    private func error(_ group: Group, _ what: String) -> ProblemsError {
        let sentence = "the group \(group.name) \(what)"
        return group.element?.error(sentence) ?? set.element.error(sentence)
    }
}
