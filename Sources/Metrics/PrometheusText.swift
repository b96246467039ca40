/// The text format of Prometheus, version 0.0.4.
package enum PrometheusText {
    /// Of an HTTP answer that holds it.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// HELP and TYPE of each family, then its samples.
    package static func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                let labels = sample.labels.map { label in
                    "\(label.name)=\"\(escaped(label.value, quotes: true))\""
                }
                text += family.name + sample.suffix
                if !labels.isEmpty { text += "{" + labels.joined(separator: ",") + "}" }
                text += " \(number(sample.value))\n"
            }
        }
        return text
    }

    /// As Go's ParseFloat reads it; whole numbers without a point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        guard value == value.rounded(), abs(value) < 1e15 else { return "\(value)" }
        return String(Int64(value))
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
