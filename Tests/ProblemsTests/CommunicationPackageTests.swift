import JudgeCore
import Problems
import Testing

@Suite("Packages whose submissions are several programs")
struct CommunicationPackageTests {
    private static let manager = ["output_validator/v.py": ""]

    private func folder(_ communication: String, type: String = "interactive") throws
        -> PackageFolder
    {
        try PackageFolder(
            Self.manager,
            yaml: "problem_format_version: 2025-09\nname: N\nuuid: u\ntype: \(type)\n"
                + "limits:\n  time_limit: 1\ncommunication:\n\(communication)")
    }

    @Test("Programs are read as copies or by names, with a network or without")
    func read() throws {
        let copies = try folder("  programs: 4\n  network: lan\n").load()
        #expect(copies.communication == Communication(programs: .copies(4), onLan: true))
        #expect(copies.communication?.name(of: 2) == "program 2")
        let named = try folder("  programs: [coder, decoder]\n  network: none\n").load()
        #expect(named.communication == Communication(programs: .named(["coder", "decoder"])))
        #expect(named.communication?.count == 2)
        #expect(named.communication?.name(of: 1) == "decoder")
        #expect(named.warnings.isEmpty)
        let more = try folder("  programs: 2\n  port: 1\n").warnings()
        #expect(
            more == [
                "P/problem.yaml:9: the key communication.port is not known and is ignored"
            ])
    }

    @Test(
        "Programs that cannot be are refused at the line",
        arguments: [
            ("  network: lan\n", "7: communication must state programs"),
            ("  programs: 1\n", "8: communication.programs must be from 2 to 16"),
            ("  programs: 17\n", "8: communication.programs must be from 2 to 16"),
            ("  programs: [one]\n", "8: communication.programs must name from 2 to 16"),
            ("  programs: [a, a]\n", "8: communication.programs names a program twice"),
            ("  programs: [a, b.c]\n", "8: communication.programs: \"b.c\" cannot be"),
            ("  programs: many\n", "8: communication.programs must be a number or a list"),
            ("  programs: 2\n  network: wan\n", "9: communication.network must be none or lan"),
        ])
    func refused(communication: String, why: String) throws {
        let refusal = try folder(communication).refusal()
        #expect(refusal?.hasPrefix("P/problem.yaml:\(why)") == true, "\(refusal ?? "read")")
    }

    @Test("Several programs have no static validation, which reads one")
    func staticValidation() throws {
        let folder = try folder("  programs: 2\n")
        try folder.write("static_validator/v.py", "")
        try folder.write(
            "data/secret/test_group.yaml", "static_validation_score: pass-fail\n")
        let refusal = folder.refusal()
        #expect(
            refusal
                == "P/data/secret/test_group.yaml:1: static_validation_score is for one program, "
                + "but communication has several", "\(refusal ?? "read")")
    }

    @Test("Programs need an interactive problem of one pass")
    func kinds() throws {
        #expect(
            try folder("  programs: 2\n", type: "pass-fail").refusal()?.contains(
                "communication needs an interactive problem") == true)
        #expect(
            try folder("  programs: 2\n", type: "[interactive, multi-pass]").refusal()?.contains(
                "either several passes or programs") == true)
    }
}
