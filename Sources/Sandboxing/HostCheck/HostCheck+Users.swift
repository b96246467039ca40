import Linux

extension HostCheck {
    static let identities = HostCheck(
        "identities", because: "runs with an id that somebody has may touch that one's files"
    ) { host in
        guard host.isRoot else { return .pass("the judge's own user; it is not root") }
        let first = UInt64(host.purpose.firstIdentity)
        let range = first...(first + UInt64(max(1, host.purpose.slots)) - 1)
        for (file, kind) in [("/etc/passwd", "user"), ("/etc/group", "group")] {
            for line in (host.text(file) ?? "").split(separator: "\n") {
                let fields = line.split(separator: ":", omittingEmptySubsequences: false)
                guard fields.count > 2, let id = UInt64(fields[2]), range.contains(id) else {
                    continue
                }
                return .fail(
                    "\(kind) \(fields[0]) has id \(id), which a slot would have",
                    mend: "set first_identity in [sandbox] of judge.conf to a range nobody has")
            }
        }
        for range in host.subordinateRanges(in: "/etc/subuid", of: nil)
        where range.overlaps(first..<(first + UInt64(max(1, host.purpose.slots)))) {
            return .warn(
                "/etc/subuid gives \(range.lowerBound) to \(range.upperBound - 1) to a user",
                mend: "set first_identity in [sandbox] of judge.conf to a range nobody has")
        }
        return .pass("\(range.lowerBound) to \(range.upperBound) belong to nobody")
    }

    static let subordinateIds = HostCheck(
        "subordinate-ids",
        because: "without them all slots share one user of the host, and only namespaces, filter "
            + "and rights stand between two runs"
    ) { host in
        guard !host.isRoot else { return .pass("not needed: the judge is root") }
        guard host.text("/proc/self/status")?.contains("NoNewPrivs:\t1") != true else {
            return .warn(
                "no program that is started may gain rights (NoNewPrivs), newuidmap neither",
                mend: "take NoNewPrivileges=yes from the service, as own-identities.conf does")
        }
        let mend =
            "sudo usermod --add-subuids 200000-265535 --add-subgids 200000-265535 \(host.userName)"
        for file in ["/etc/subuid", "/etc/subgid"] {
            let count = host.subordinateRanges(in: file, of: [host.userName, "\(host.user)"])
                .reduce(0) { $0 + $1.count }
            guard count >= host.purpose.slots else {
                return .warn("\(count) in \(file) for \(host.userName)", mend: mend)
            }
        }
        for program in ["newuidmap", "newgidmap"] where !host.isProgram("/usr/bin/\(program)") {
            return .warn("/usr/bin/\(program) is not there", mend: "sudo apt-get install uidmap")
        }
        return .pass("a range in /etc/subuid and /etc/subgid, and newuidmap")
    }

    static let deviceNodes = HostCheck(
        "device-nodes",
        because:
            "a lock on a node that all runs share would be felt by each of them, so where they "
            + "share the host's they get no file locks"
    ) { host in
        guard let trials = host.helperTrials else { return host.noTrials }
        guard trials["namespace.mount"] == 0 else {
            return .warn("not known: no mount namespace to try it in", mend: "see namespaces")
        }
        if trials["device-node"] == 0 { return .pass("runs have their own") }
        let cause = trials["device-node"].map { errorText(Int32($0)) } ?? "no answer"
        return .warn(
            "runs share the host's (\(cause)) and cannot lock files",
            mend: host.isRoot
                ? "docker run --cap-add MKNOD" : "sudo judge worker, where programs need locks")
    }
}

extension Host {
    /// Ranges of `NAME:FIRST:COUNT` lines; nil for those of everybody.
    func subordinateRanges(in file: String, of owners: [String]?) -> [Range<UInt64>] {
        (text(file) ?? "").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":")
            guard fields.count == 3, let first = UInt64(fields[1]), let count = UInt64(fields[2]),
                first < 1 << 32, count < 1 << 32, owners?.contains(String(fields[0])) ?? true
            else { return nil }
            return first..<(first + count)
        }
    }
}
