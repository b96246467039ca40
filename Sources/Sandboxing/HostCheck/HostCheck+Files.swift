import Units

extension HostCheck {
    static let databaseSpace = HostCheck(
        "disk-database", because: "without room no verdict can be stored"
    ) { host in
        space(host, host.purpose.databaseDirectory)
    }

    static let temporarySpace = HostCheck(
        "disk-tmp", because: "packages are unpacked and databases sorted in /tmp"
    ) { host in
        space(host, "/tmp")
    }

    private static func space(_ host: Host, _ path: String) -> HostAnswer {
        let mend = "du -xh \(path) | sort -h | tail"
        guard let space = host.space(path) else {
            return .warn("not known: \(path) cannot be asked", mend: "df \(path)")
        }
        let found = "\(space.free) free in \(path)"
        if space.free < .mebibytes(64) { return .fail(found, mend: mend) }
        if space.inodes > 0, space.freeInodes < 1_000 {
            return .fail("\(space.freeInodes) inodes free in \(path)", mend: mend)
        }
        if space.free < .mebibytes(1024) { return .warn(found, mend: mend) }
        if space.inodes > 0, space.freeInodes < 100_000 {
            return .warn("\(space.freeInodes) inodes free in \(path)", mend: mend)
        }
        return .pass(found + (space.inodes > 0 ? ", \(space.freeInodes) inodes" : ""))
    }

    static let programs = HostCheck(
        "compilers", because: "submissions in a language without its toolchain end as judge errors"
    ) { host in
        let needed = host.purpose.programs
        let missing = needed.filter { !host.isProgram($0.path) }
        guard missing.isEmpty else {
            let list = missing.map { "\($0.path) (\($0.neededBy))" }.joined(separator: ", ")
            let packages = Set(missing.map(\.package)).subtracting([""]).sorted()
            let mend =
                packages.isEmpty
                ? "take the languages that need them out of judge.conf"
                : host.packagesMend(packages)
            return .warn("missing: \(list)", mend: mend)
        }
        return .pass("\(needed.map(\.path).joined(separator: ", "))")
    }
}

extension Host {
    /// What installs packages of Debian.
    fileprivate func packagesMend(_ packages: [String]) -> String {
        let install = "apt-get install -y \(packages.joined(separator: " "))"
        // What is installed in a container goes with it.
        return deployment.isContainer ? "add to the image: RUN \(install)" : mends.asRoot(install)
    }
}
