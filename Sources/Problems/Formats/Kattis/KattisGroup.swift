/// What the files that describe test groups may say in a pass-fail problem. Whatever would change a
/// verdict and is not supported yet is refused.
enum KattisGroup {
    /// `testdata.yaml` of the legacy formats and of drafts of 2023-07.
    ///
    /// - Returns: warnings.
    static func check(_ yaml: YAMLMap) throws(ProblemsError) -> [String] {
        if let key = yaml.value("on_reject") {
            switch try yaml.text("on_reject") {
            case "break": break
            case "continue":
                throw yaml.error(key, "on_reject: continue is not supported yet")
            default:
                throw yaml.error(key, "on_reject must be break or continue")
            }
        }
        if let key = yaml.value("grading"), try yaml.text("grading") != "default" {
            throw yaml.error(key, "grading: graders of a package's own are not supported yet")
        }
        if let key = yaml.value("scoring") {
            throw yaml.error(key, "scoring is not supported yet")
        }
        let harmless: Set = ["first_error", "worst_error", "sum", "avg", "min", "max"]
        if let key = yaml.value("grader_flags") {
            let flags = try yaml.list("grader_flags", lone: words) ?? []
            for flag in flags where !harmless.contains(flag) {
                throw yaml.error(key, "grader_flags: \(flag) is not supported yet")
            }
        }
        return yaml.unknown(besides: [
            "on_reject", "grading", "grader_flags", "accept_score", "reject_score", "range",
            "input_validator_flags", "output_validator_flags", "run_samples",
        ])
    }

    /// `test_group.yaml` and `<case>.yaml` of the formats from 2023-07 on.
    ///
    /// - Returns: warnings.
    static func checkCurrent(_ yaml: YAMLMap) throws(ProblemsError) -> [String] {
        for name in ["args", "static_validation_score", "scoring", "grading", "grader_flags"] {
            if let key = yaml.value(name) {
                throw yaml.error(key, "\(name) is not supported yet")
            }
        }
        if let key = yaml.value("output_validator_flags") {
            throw yaml.error(
                key,
                "output_validator_flags is not part of this format; state output_validator_args")
        }
        return yaml.unknown(besides: [
            "output_validator_args", "input_validator_args", "full_feedback", "hint",
            "description", "input_visualizer_args", "output_visualizer_args",
            "test_case_visualizer_args",
        ])
    }
}
