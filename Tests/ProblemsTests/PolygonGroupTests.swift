import JudgeCore
import Problems
import Testing

@Suite struct PolygonGroupTests {
    private static func groups(_ elements: String) -> String { "<groups>\(elements)</groups>" }

    private static func test(_ group: String, _ points: String? = nil) -> String {
        "<test group=\"\(group)\"\(points.map { " points=\"\($0)\"" } ?? "")/>"
    }

    private static func rules(_ problem: Problem) -> [(name: String, rule: PolygonRule)] {
        problem.data.members.compactMap { member in
            guard case .group(let group) = member, case .polygon(let rule) = group.rule else {
                return nil
            }
            return (group.name, rule)
        }
    }

    @Test("Groups with policies, points and dependencies become the tree that is graded")
    func tree() throws {
        var xml = PolygonXML()
        xml.tests = [
            Self.test("0", "0.0"), Self.test("1"), Self.test("1", "2.5"), Self.test("2", "3"),
        ]
        xml.groups = Self.groups(
            """
            <group name="0" points-policy="complete-group" feedback-policy="complete"/>
            <group name="1" points-policy="complete-group" points="2.5" feedback-policy="icpc">
            <dependencies><dependency group="0"/></dependencies></group>
            <group name="2" points-policy="each-test" feedback-policy="none"/>
            """)
        let problem = try xml.load()
        #expect(problem.kind.objective == .max && problem.data.rule == .total)
        let rules = Self.rules(problem)
        #expect(rules.map(\.name) == ["0", "1", "2"])
        #expect(rules[1].rule.policy == .completeGroup && rules[1].rule.points == 2.5)
        #expect(rules[1].rule.testPoints == [nil, 2.5] && rules[1].rule.dependencies == ["0"])
        #expect(rules[2].rule.policy == .eachTest && rules[2].rule.testPoints == [3])
        #expect(problem.tests.map(\.points) == [0, nil, 2.5, 3])
        #expect(problem.warnings == [])
    }

    @Test("Without points the first test that is not accepted decides, whatever groups there are")
    func passFail() throws {
        var xml = PolygonXML()
        xml.tests = [Self.test("a"), Self.test("b"), Self.test("a")]
        xml.groups = Self.groups("<group name=\"a\"/><group name=\"b\"/>")
        let problem = try xml.load()
        #expect(problem.kind.objective == nil && problem.data == .passFail(testCount: 3))
        #expect(problem.tests.map(\.group) == ["a", "b", "a"])
    }

    @Test("Points without groups, and groups that nothing describes, count test by test")
    func undescribed() throws {
        var xml = PolygonXML()
        xml.tests = ["<test points=\"1\"/>", "<test points=\"2\"/>"]
        let plain = Self.rules(try xml.load())
        #expect(plain.map(\.name) == ["tests"] && plain[0].rule.policy == .eachTest)
        #expect(plain[0].rule.testPoints == [1, 2])
        xml.tests = [Self.test("b", "1"), Self.test("a", "2")]
        #expect(Self.rules(try xml.load()).map(\.name) == ["b", "a"])
    }

    @Test("A group comes after the groups it depends on; a ring and an unknown name are refused")
    func dependencies() throws {
        func group(_ name: String, on other: String) -> String {
            "<group name=\"\(name)\"><dependencies><dependency group=\"\(other)\"/></dependencies></group>"
        }
        var xml = PolygonXML()
        xml.tests = [Self.test("x", "1"), Self.test("y", "1"), Self.test("z", "1")]
        xml.groups = Self.groups(group("x", on: "z") + group("y", on: "x") + "<group name=\"z\"/>")
        #expect(Self.rules(try xml.load()).map(\.name) == ["z", "x", "y"])
        xml.groups = Self.groups(group("x", on: "y") + group("y", on: "x"))
        #expect(try xml.refusal()?.contains("the group x depends on itself through") == true)
        xml.groups = Self.groups(group("x", on: "w"))
        #expect(try xml.refusal()?.contains("the group x depends on w, which is no group") == true)
    }

    @Test("Points that groups and tests state differently are warned of, wrong policies refused")
    func mistakes() throws {
        var xml = PolygonXML()
        xml.tests = [Self.test("1", "1")]
        xml.groups = Self.groups("<group name=\"1\" points=\"5\" points-policy=\"each-test\"/>")
        #expect(
            try xml.folder().warnings() == [
                "P/problem.xml:10: the group 1 states 5.0 points, its tests 1.0 together; "
                    + "the tests' count"
            ])
        let wrong = [
            "<group/>": "the group has no name",
            "<group name=\"1\"/><group name=\"1\"/>": "the group 1 is there twice",
            "<group name=\"1\" points-policy=\"best\"/>": "points-policy \"best\" is neither",
            "<group name=\"1\" feedback-policy=\"all\"/>": "feedback-policy \"all\" is not one of",
            "<group name=\"1\" points=\"x\"/>": "points \"x\" is not a number",
            (0...1_000).map { "<group name=\"\($0)\"/>" }.joined():
                "has more than 1000 groups",
        ]
        for (elements, words) in wrong {
            xml.groups = Self.groups(elements)
            let refusal = try xml.refusal()
            #expect(refusal?.contains(words) == true, "\(refusal ?? "")")
        }
    }
}
