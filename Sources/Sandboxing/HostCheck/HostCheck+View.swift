extension HostCheck {
    static let fileView = HostCheck(
        "file-view", because: "what a run sees it can print, the answers to its tests included"
    ) { host in
        let places = host.purpose.hidden.map { ($0.name, host.resolved($0.path)) }
        for (shown, isChosen) in FileMount.builtIn.map({ ($0, false) })
            + host.purpose.shown.map({ ($0, true) })
        {
            let place = host.resolved(shown)
            guard let (name, path) = places.first(where: { overlap($0.1, place) }) else { continue }
            let elsewhere = "move \(name) out of \(shown)"
            return .fail(
                "every run sees \(shown), and \(name) in \(path) with it",
                mend: isChosen
                    ? "change read_only in [sandbox] of judge.conf, or \(elsewhere)" : elsewhere)
        }
        return .pass("runs see nothing of \(places.map(\.0).joined(separator: " and "))")
    }

    /// Whether one of two places is, or lies in, the other.
    private static func overlap(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one.split(separator: "/"), other.split(separator: "/"))
        return one.starts(with: other) || other.starts(with: one)
    }
}

extension FileMount {
    /// What runs see of every host, at the same places.
    package static let builtIn =
        [
            "bin", "sbin", "lib", "lib32", "lib64", "libexec", "libx32", "include", "share",
        ].map { "/usr/\($0)" }
        + ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]
        + ["/etc/alternatives", "/etc/ld.so.cache"]
}
