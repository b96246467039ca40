/// Why a list of flags is not one of the default validator's: the package author's fault.
package struct ValidatorFlagsError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the default validator is told by its arguments.
package struct ValidatorFlags: Sendable, Equatable {
    package private(set) var caseSensitive = false
    package private(set) var spaceChangeSensitive = false
    package private(set) var absolute: Tolerance?
    package private(set) var relative: Tolerance?

    /// Reads the arguments in order; of a tolerance given twice the last counts.
    ///
    /// - Parameter strict: as formats from 2023-07 on want it: a tolerance given twice, or
    ///   `float_tolerance` beside another, is an error.
    package init(parsing arguments: [String], strict: Bool) throws(ValidatorFlagsError) {
        var seen: Set<String> = []
        var rest = arguments[...]
        while let flag = rest.popFirst() {
            switch flag {
            case "case_sensitive": caseSensitive = true
            case "space_change_sensitive": spaceChangeSensitive = true
            case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance":
                guard let text = rest.popFirst() else {
                    throw ValidatorFlagsError("the validator flag \(flag) lacks its value")
                }
                guard let value = Tolerance(text) else {
                    throw ValidatorFlagsError(
                        "the validator flag \(flag) has the value \"\(text)\", which is not a "
                            + "number that is zero or more")
                }
                if flag != "float_relative_tolerance" { absolute = value }
                if flag != "float_absolute_tolerance" { relative = value }
                let repeated = !seen.insert(flag).inserted
                if strict, repeated || (seen.contains("float_tolerance") && seen.count > 1) {
                    throw ValidatorFlagsError("the validator flags state a tolerance twice")
                }
            default:
                throw ValidatorFlagsError(
                    "\"\(flag)\" is not a flag of the default validator: it knows case_sensitive, "
                        + "space_change_sensitive, float_tolerance, float_absolute_tolerance and "
                        + "float_relative_tolerance")
            }
        }
    }
}
