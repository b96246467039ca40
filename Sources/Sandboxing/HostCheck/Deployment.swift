/// How the judge was started, as far as that decides which command mends a machine.
package enum Deployment: Sendable, Equatable {
    /// In a container of podman, or of Docker.
    case container(isPodman: Bool)
    /// As a service of systemd, the system's or a user's.
    case service(unit: String, isUsers: Bool)
    /// From a shell, on a machine that systemd runs; a user without a manager of his own has nobody to
    /// ask for a group.
    case shell(hasManager: Bool)
    /// Without systemd.
    case bare

    /// - Parameters:
    ///   - isThere: whether a path exists.
    ///   - processes: where the link /proc/self/ns/pid leads.
    ///   - groups: what /proc/self/cgroup says.
    ///   - user: effective id.
    package static func find(
        isThere: (_ path: String) -> Bool, processes: String, groups: String, user: UInt32
    ) -> Deployment {
        // Both engines mark their containers. A machine whose files were a container's once has the
        // mark as well, but the first of all process namespaces, whose number is the kernel's.
        if processes != "pid:[4026531836]" {
            if isThere("/run/.containerenv") { return .container(isPodman: true) }
            if isThere("/.dockerenv") { return .container(isPodman: false) }
        }
        // As sd_booted(3) looks.
        guard isThere("/run/systemd/system") else { return .bare }
        // Services and scopes lie in slices, and what a judge makes lies beneath them.
        let unit = path(groups).split(separator: "/").reversed()
            .first { $0.hasSuffix(".service") || $0.hasSuffix(".scope") }
        guard let unit, unit.hasSuffix(".service"), !unit.hasPrefix("user@") else {
            return .shell(hasManager: isThere("/run/user/\(user)/systemd/private"))
        }
        return .service(unit: String(unit), isUsers: path(groups).contains("/user@"))
    }

    /// The group that systemd put this process into: of v2, or of its own hierarchy beside v1.
    private static func path(_ groups: String) -> String {
        let lines = groups.split(separator: "\n")
        let line =
            lines.first { $0.contains(":name=systemd:") } ?? lines.first { $0.hasPrefix("0::") }
        return line.map { String($0.drop { $0 != "/" }) } ?? ""
    }

    var isContainer: Bool {
        if case .container = self { return true }
        return false
    }
}

/// What mends are made of. They are command lines: what they say can be run as it stands.
package struct Mends: Sendable {
    var deployment: Deployment
    var isRoot: Bool

    package init(deployment: Deployment, isRoot: Bool) {
        self.deployment = deployment
        self.isRoot = isRoot
    }

    /// A command of root's.
    func asRoot(_ command: String) -> String {
        guard !isRoot else { return command }
        // A redirection or a second command is the shell's, which must be root's then.
        return command.contains { ">&|;".contains($0) }
            ? "sudo sh -c '\(command)'" : "sudo \(command)"
    }

    /// A command of root's about the kernel, which a container shares with its host.
    func onHost(_ command: String, isCommand: Bool = true) -> String {
        if deployment.isContainer { return "on the host: \(command)" }
        return isCommand ? asRoot(command) : command
    }

    /// Adds settings to the unit of the service and starts that anew; nil outside of services. They are read after
    /// what `systemctl edit` writes, override.conf, and so hold.
    func dropIn(_ name: String, _ settings: [String]) -> String? {
        guard case .service(let unit, let isUsers) = deployment else { return nil }
        let place = (isUsers ? "~/.config/systemd/user" : "/etc/systemd/system") + "/\(unit).d"
        let systemctl = isUsers ? "systemctl --user" : "systemctl"
        let text = (["[Service]"] + settings).joined(separator: "\\n")
        let command =
            "mkdir -p \(place) && printf \"\(text)\\n\" > \(place)/zz-judge-\(name).conf && "
            + "\(systemctl) daemon-reload && \(systemctl) restart \(unit)"
        return isUsers ? command : asRoot(command)
    }

    /// The option of the container's engine that is missing; nil outside of containers.
    func containerOption(podman: String, docker: String) -> String? {
        guard case .container(let isPodman) = deployment else { return nil }
        return "start the container with \(isPodman ? podman : docker), as docs/container.md says"
    }

    /// What keeps newuidmap from its right, or implies that it has none; deploy/systemd/own-identities.conf says of each why.
    private static let ownIdentities = [
        "NoNewPrivileges=no",
        "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_DAC_OVERRIDE CAP_SYS_ADMIN",
        "PrivateUsers=no", "ProtectProc=default", "PrivateDevices=no", "ProtectClock=no",
        "RestrictAddressFamilies=", "RestrictRealtime=no", "SystemCallArchitectures=",
        "SystemCallFilter=",
    ]

    /// What lets a sandbox be made, where all that can be tried singly is there.
    /// - Parameter why: what the attempt said.
    package func sandbox(_ why: String) -> String {
        let elsewhere = "mend what it names, see docs/doctor.md"
        if why.contains("pids.max") {
            return containerOption(podman: "a larger --pids-limit", docker: "a larger --pids-limit")
                ?? dropIn("sandbox", ["TasksMax=infinity"]) ?? elsewhere
        }
        if why.contains("newuidmap") || why.contains("newgidmap") {
            let option = "no --security-opt no-new-privileges"
            return containerOption(podman: option, docker: option)
                ?? dropIn("sandbox", Self.ownIdentities) ?? elsewhere
        }
        // systemd answers openat2 so, and covers a part of what an overlay would be laid over.
        if why.contains("not implemented"), let mend = dropIn("sandbox", ["RestrictSUIDSGID=no"]) {
            return mend
        }
        if why.contains("overlay"), why.contains("invalid argument"),
            let mend = dropIn("sandbox", ["ProtectKernelModules=no"])
        {
            return mend
        }
        // What is refused in /tmp or has another cause is no wall of the deployment's.
        let isRefused =
            ["not permitted", "not supported", "not implemented"].contains { why.contains($0) }
            && !why.contains("/tmp/")
        guard isRefused else { return elsewhere }
        let option = containerOption(
            podman: "--security-opt unmask=ALL --security-opt seccomp=seccomp.json",
            docker: "--security-opt systempaths=unconfined --security-opt seccomp=seccomp.json")
        // Each of these keeps a service from one of the steps by which a sandbox is made.
        let settings = [
            "NoNewPrivileges=no", "PrivateUsers=no", "ProcSubset=all", "ProtectHostname=no",
            "ProtectKernelLogs=no", "ProtectKernelTunables=no", "ProtectProc=default",
            "RestrictAddressFamilies=", "RestrictNamespaces=no", "SystemCallFilter=",
        ]
        return option ?? dropIn("sandbox", settings) ?? elsewhere
    }
}
