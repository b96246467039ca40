import JudgeCore

extension TestGroup {
    /// The most that a legacy scoring problem can give, as its range says; nil in later formats.
    var legacyMaximum: Double? {
        guard case .legacy(let rule) = rule else { return nil }
        return rule.range.upperBound
    }
}

/// Makes the tree of graded groups of the test data as it was read.
struct KattisTree {
    let data: KattisData.Node
    let isScoring: Bool
    /// Whether `testdata.yaml` grades, also in a draft of the later formats.
    let isLegacy: Bool
    let hasOwnValidator: Bool
    private(set) var warnings: [String] = []

    init(
        data: KattisData.Node, isScoring: Bool, isLegacy: Bool, hasOwnValidator: Bool
    ) {
        self.data = data
        self.isScoring = isScoring
        self.isLegacy = isLegacy
        self.hasOwnValidator = hasOwnValidator
    }

    mutating func make(testCount: Int) throws(ProblemsError) -> TestGroup {
        if isLegacy { return legacy(data) }
        guard isScoring else {
            try refusePoints(in: data)
            try refuseStaticPoints(in: data)
            return .passFail(testCount: testCount)
        }
        var members: [TestGroup.Member] = []
        for node in data.nodes {
            if node.name == "sample" {
                try refusePoints(in: node)
                try refuseStaticPoints(in: node)
                let rule = PointsRule(maxScore: nil, aggregation: .passFail, isUnscored: true)
                members.append(.group(flat(node, rule: rule)))
            } else {
                members.append(.group(try secret(node)))
            }
        }
        return TestGroup(name: "", members: members, rule: .whole)
    }

    private func legacy(_ node: KattisData.Node) -> TestGroup {
        let members: [TestGroup.Member] = node.members.map { member in
            switch member {
            case .test(let index): .test(index)
            case .node(let node): .group(legacy(node))
            }
        }
        return TestGroup(name: node.name, members: members, rule: .legacy(node.group.legacy))
    }

    /// Pass-fail problems, samples and directories within a group state no points.
    private func refusePoints(in node: KattisData.Node) throws(ProblemsError) {
        if let points = node.group.points {
            throw ProblemsError(
                isScoring
                    ? "max_score, score_aggregation and require_pass are for secret and its groups"
                    : "max_score, score_aggregation and require_pass are for scoring problems",
                file: points.file, line: points.line)
        }
        for node in node.nodes { try refusePoints(in: node) }
    }

    /// Pass-fail problems and samples give no points, for sources neither.
    private func refuseStaticPoints(in node: KattisData.Node) throws(ProblemsError) {
        if let stated = node.group.staticCase, stated.score != nil {
            throw ProblemsError(
                "static_validation_score must be pass-fail where there are no points",
                file: stated.file, line: stated.line)
        }
        for node in node.nodes { try refuseStaticPoints(in: node) }
    }

    /// Puts the static validator's case of a group into its rule.
    private func take(
        _ stated: KattisGroup.StaticCase?, into rule: inout PointsRule
    ) throws(ProblemsError) {
        guard let stated else { return }
        var mistake: String?
        if rule.aggregation == .passFail {
            if stated.score != nil { mistake = "must be pass-fail in a pass-fail group" }
        } else if let score = stated.score {
            if let most = rule.maxScore, score > most {
                mistake = "is more than the group's max_score of \(most)"
            }
        } else {
            mistake = "is pass-fail, but the group is not: state its points"
        }
        if let mistake {
            throw ProblemsError(
                "static_validation_score \(mistake)", file: stated.file, line: stated.line)
        }
        rule.staticValidationScore = stated.score
    }

    private mutating func secret(_ node: KattisData.Node) throws(ProblemsError) -> TestGroup {
        let stated = node.group.points
        var rule = PointsRule(
            maxScore: 100, aggregation: stated?.aggregation ?? .sum,
            requirePass: stated?.requirePass ?? [])
        if let most = stated?.maxScore { rule.maxScore = most }
        guard !node.nodes.isEmpty else {
            try take(node.group.staticCase, into: &rule)
            try check(rule, of: node)
            try checkRequired(rule.requirePass, of: node, earlier: [])
            return flat(node, rule: .points(rule))
        }
        if let stated = node.group.staticCase {
            throw ProblemsError(
                "static_validation_score beside groups: state it in one of them",
                file: stated.file, line: stated.line)
        }
        if node.hasTests {
            throw ProblemsError(
                "holds tests beside groups; a scoring problem has either", file: node.shown)
        }
        try checkRequired(rule.requirePass, of: node, earlier: [])
        var groups: [TestGroup] = []
        var earlier: [(name: String, isPassFail: Bool)] = []
        for member in node.nodes {
            let group = try group(member, in: rule)
            try checkRequired(group.requirePass, of: member, earlier: earlier)
            earlier.append((member.name, group.aggregation == .passFail))
            groups.append(flat(member, rule: .points(group)))
            guard groups.last?.members.isEmpty == false else {
                throw error(member, "holds no test, which a group of a scoring problem must")
            }
        }
        try checkSum(groups, most: rule, of: node)
        return TestGroup(name: node.name, members: groups.map { .group($0) }, rule: .points(rule))
    }

    private func group(
        _ node: KattisData.Node, in secret: PointsRule
    ) throws(ProblemsError) -> PointsRule {
        let stated = node.group.points
        var rule = PointsRule(
            maxScore: stated?.maxScore ?? nil, aggregation: stated?.aggregation ?? .passFail,
            requirePass: stated?.requirePass ?? [])
        for node in node.nodes {
            try refusePoints(in: node)
            guard let nested = node.group.staticCase else { continue }
            throw ProblemsError(
                "static_validation_score is for a group, not for a directory within one",
                file: nested.file, line: nested.line)
        }
        try take(node.group.staticCase, into: &rule)
        guard rule.maxScore != nil || secret.maxScore == nil else {
            throw error(node, "must state max_score, because that of secret is bounded")
        }
        guard secret.aggregation != .passFail || rule.aggregation == .passFail else {
            throw error(node, "must be pass-fail like secret", stated?.aggregationLine)
        }
        try check(rule, of: node)
        return rule
    }

    private func check(_ rule: PointsRule, of node: KattisData.Node) throws(ProblemsError) {
        guard rule.maxScore == nil else { return }
        if rule.aggregation == .passFail {
            throw error(node, "is pass-fail and must state max_score")
        }
        if !hasOwnValidator {
            throw error(
                node, "is unbounded, but the default output validator gives no scores",
                node.group.points?.maxScoreLine)
        }
    }

    /// Groups that are to be passed first exist, come earlier and are pass-fail; `secret` itself may
    /// only ask for `sample`.
    private func checkRequired(
        _ names: [String], of node: KattisData.Node, earlier: [(name: String, isPassFail: Bool)]
    ) throws(ProblemsError) {
        for name in names where name != "sample" {
            let line = node.group.points?.requirePassLine
            guard let group = earlier.first(where: { $0.name == name }) else {
                throw error(
                    node, "require_pass: \(name) is neither sample nor an earlier group", line)
            }
            guard group.isPassFail else {
                throw error(node, "require_pass: \(name) is not a pass-fail group", line)
            }
        }
    }

    /// Groups that must give more than `secret` may are the author's mistake, not a submission's.
    private func checkSum(
        _ groups: [TestGroup], most secret: PointsRule, of node: KattisData.Node
    ) throws(ProblemsError) {
        let scores = groups.map { group -> Double in
            guard case .points(let rule) = group.rule else { return 0 }
            return rule.maxScore ?? 0
        }
        guard let most = secret.maxScore, secret.aggregation == .sum,
            scores.reduce(0, +) > most
        else { return }
        throw error(
            node,
            "its groups give \(scores.reduce(0, +)) points together, more than its max_score of "
                + "\(most)", node.group.points?.maxScoreLine)
    }

    /// A group with all tests below it, its directories without a say.
    private func flat(_ node: KattisData.Node, rule: TestGroup.Rule) -> TestGroup {
        func tests(_ node: KattisData.Node) -> [TestGroup.Member] {
            node.members.flatMap { member -> [TestGroup.Member] in
                switch member {
                case .test(let index): [.test(index)]
                case .node(let node): tests(node)
                }
            }
        }
        return TestGroup(name: node.name, members: tests(node), rule: rule)
    }

    private func flat(_ node: KattisData.Node, rule: PointsRule) -> TestGroup {
        flat(node, rule: .points(rule))
    }

    private func error(
        _ node: KattisData.Node, _ sentence: String, _ line: Int? = nil
    ) -> ProblemsError {
        ProblemsError(
            sentence, file: line == nil ? node.shown : node.group.points?.file ?? node.shown,
            line: line)
    }
}
