import Glibc
import Sandboxing
import Testing

@Suite("How the judge was started, and what mends a machine there")
struct DeploymentTests {
    private static let inside = "pid:[4026532301]"
    private static let first = "pid:[4026531836]"

    private static func found(
        _ there: [String], _ processes: String = first, groups: String = "0::/\n"
    ) -> Deployment {
        .find(isThere: { there.contains($0) }, processes: processes, groups: groups, user: 1000)
    }

    @Test("A container is known by its engine's mark, unless the machine is no container")
    func containers() {
        let (podman, docker) = (["/run/.containerenv"], ["/.dockerenv", "/run/systemd/system"])
        #expect(Self.found(podman, Self.inside) == .container(isPodman: true))
        #expect(Self.found(docker, Self.inside) == .container(isPodman: false))
        #expect(Self.found(docker, Self.first) == .shell(hasManager: false))
        #expect(Self.found([], Self.inside) == .bare)
    }

    @Test(
        "A service is known by the group that systemd put it into",
        arguments: [
            ("0::/system.slice/judge-worker.service", "judge-worker.service", false),
            ("0::/system.slice/judge-worker.service/judge-worker", "judge-worker.service", false),
            (
                "0::/system.slice/system-judge\\x2dworker.slice/judge-worker@2.service",
                "judge-worker@2.service", false
            ),
            (
                "4:memory:/user.slice\n1:name=systemd:/system.slice/judge-worker.service\n0::/",
                "judge-worker.service", false
            ),
            (
                "0::/user.slice/user-1000.slice/user@1000.service/app.slice/judge.service",
                "judge.service", true
            ),
        ])
    func services(groups: String, unit: String, isUsers: Bool) {
        #expect(
            Self.found(["/run/systemd/system"], groups: groups)
                == .service(unit: unit, isUsers: isUsers))
        // Without systemd nobody answers for the unit.
        #expect(Self.found([], groups: groups) == .bare)
    }

    @Test(
        "A shell is no service",
        arguments: [
            "0::/user.slice/user-1000.slice/session-3.scope", "0::/", "",
            "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-7.scope",
            "0::/user.slice/user-1000.slice/user@1000.service/init.scope",
        ])
    func shells(groups: String) {
        let systemd = "/run/systemd/system"
        let manager = "/run/user/1000/systemd/private"
        #expect(Self.found([systemd], groups: groups) == .shell(hasManager: false))
        #expect(Self.found([systemd, manager], groups: groups) == .shell(hasManager: true))
    }

    /// A machine with one fault, and an ordinary user unless the test says otherwise.
    private static func mend(
        _ check: String, _ deployment: Deployment, _ change: (inout MadeUpHost) -> Void
    ) throws -> String {
        var machine = MadeUpHost()
        machine.user = 1000
        machine.deployment = deployment
        change(&machine)
        let finding = try #require(machine.finding(check))
        return try #require(finding.mend)
    }

    private static let worker = Deployment.service(unit: "judge-worker.service", isUsers: false)
    private static let podman = Deployment.container(isPodman: true)
    private static let docker = Deployment.container(isPodman: false)

    @Test("Groups that were not given are given by who gives them there")
    func delegation() throws {
        func mend(_ deployment: Deployment, _ errno: Int32 = EACCES) throws -> String {
            try Self.mend("cgroup-delegation", deployment) {
                $0.groups = .failure(
                    TrialFailure("permission denied", errno: errno, mend: "sudo its own"))
            }
        }
        let drop = """
            sudo sh -c 'mkdir -p /etc/systemd/system/judge-worker.service.d && \
            printf "[Service]\\nDelegate=cpu memory pids\\nProtectControlGroups=no\\n" \
            > /etc/systemd/system/judge-worker.service.d/zz-judge-delegation.conf && \
            systemctl daemon-reload && systemctl restart judge-worker.service'
            """
        #expect(try mend(Self.worker) == drop)
        let users = try mend(.service(unit: "judge.service", isUsers: true))
        #expect(users.hasPrefix("mkdir -p ~/.config/systemd/user/judge.service.d && printf "))
        #expect(users.hasSuffix("systemctl --user restart judge.service"))
        let run = "systemd-run --user --scope -p Delegate=yes judge worker"
        #expect(try mend(.shell(hasManager: true)) == run)
        let linger =
            "sudo sh -c 'loginctl enable-linger ada && systemctl start user@1000.service' && "
            + "XDG_RUNTIME_DIR=/run/user/1000 \(run)"
        #expect(try mend(.shell(hasManager: false)) == linger)
        #expect(try mend(.bare) == "sudo its own")
        #expect(try mend(Self.podman, EROFS).contains("--security-opt unmask=ALL,"))
        #expect(try mend(Self.docker, EROFS).contains("--security-opt writable-cgroups=true,"))
        #expect(try mend(Self.podman).contains("without --user"))
        // Who sits there is moved; in a service he comes again.
        #expect(try mend(.shell(hasManager: true), EBUSY) == "sudo its own")
        #expect(try mend(Self.podman, EBUSY) == "sudo its own")
        #expect(try mend(Self.worker, EBUSY).hasSuffix("edit --full judge-worker.service"))
    }

    @Test("Namespaces that are forbidden are allowed by who forbids them there")
    func namespaces() throws {
        func mend(_ deployment: Deployment, errno: Int) throws -> String {
            try Self.mend("namespaces", deployment) { $0.trials?["namespace.user"] = errno }
        }
        #expect(
            try mend(Self.worker, errno: 1).contains(
                "printf \"[Service]\\nRestrictNamespaces=no\\nSystemCallFilter=\\n\" > "))
        #expect(try mend(Self.podman, errno: 1).contains("--security-opt seccomp=seccomp.json"))
        let limit = "sysctl -w user.max_user_namespaces=16384"
        #expect(try mend(.bare, errno: 1) == "sudo " + limit)
        // A limit is the kernel's, whatever forbids besides.
        #expect(try mend(Self.worker, errno: 28) == "sudo " + limit)
        #expect(try mend(Self.docker, errno: 28) == "on the host: " + limit)
    }

    @Test("A controller is brought back where it was taken away")
    func controllers() throws {
        let all = [
            "#subsys_name\thierarchy\tnum_cgroups\tenabled", "cpuacct\t2\t1\t1", "memory\t4\t3\t1",
            "pids\t8\t1\t1",
        ]
        func mend(
            _ deployment: Deployment, _ known: [String], mounts: String = ""
        ) throws -> String {
            try Self.mend("cgroup", deployment) {
                $0.hierarchy = .failure(TrialFailure("no controller"))
                $0.files["/proc/cgroups"] = .text(known.joined(separator: "\n"))
                $0.files["/proc/self/mountinfo"] = .text(mounts)
            }
        }
        let mounts = """
            30 20 0:26 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct
            31 20 0:27 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            """
        #expect(
            try mend(.bare, all, mounts: mounts)
                == "sudo sh -c 'mkdir -p /sys/fs/cgroup/memory && "
                + "mount -t cgroup -o memory none /sys/fs/cgroup/memory'")
        let second = all.map { $0.replacing(/\t\d\t(\d)\t1/) { "\t0\t\($0.output.1)\t1" } }
        #expect(try mend(.bare, second) == "sudo mount -t cgroup2 none /sys/fs/cgroup")
        #expect(try mend(Self.podman, second).contains("--cgroupns private"))
        let off = all.map { $0.replacing("memory\t4\t3\t1", with: "memory\t0\t1\t0") }
        #expect(try mend(.bare, off).hasPrefix("add cgroup_enable=memory systemd."))
        #expect(try mend(Self.podman, off).hasPrefix("on the host: add cgroup_enable=memory "))
    }

    @Test("A compiler is installed, in a container into its image")
    func compilers() throws {
        func mend(_ deployment: Deployment) throws -> String {
            try Self.mend("compilers", deployment) { $0.programs.remove("/usr/bin/gcc") }
        }
        #expect(try mend(Self.worker) == "sudo apt-get install -y gcc")
        #expect(try mend(Self.podman) == "add to the image: RUN apt-get install -y gcc")
    }

    @Test("What root alone can do is a command of root's, also with a redirection")
    func root() throws {
        func mend(_ user: UInt32, _ deployment: Deployment = .bare) throws -> String {
            try Self.mend("smt", deployment) {
                $0.user = user
                $0.files["/sys/devices/system/cpu/smt/active"] = .text("1")
            }
        }
        let command = "echo off > /sys/devices/system/cpu/smt/control"
        #expect(try mend(0) == command)
        #expect(try mend(1000) == "sudo sh -c '\(command)'")
        #expect(try mend(1000, Self.podman) == "on the host: \(command)")
    }

    @Test("A sandbox that cannot be made is mended by what its sentence names")
    func sandbox() {
        func mend(_ deployment: Deployment, _ why: String) -> String {
            Mends(deployment: deployment, isRoot: false).sandbox(why)
        }
        let step = "cannot set the domain name: operation not permitted"
        #expect(mend(.bare, step) == "mend what it names, see docs/doctor.md")
        #expect(mend(Self.podman, step).contains("unmask=ALL --security-opt seccomp=seccomp.json,"))
        #expect(mend(Self.docker, step).contains("systempaths=unconfined --security-opt seccomp="))
        #expect(mend(Self.worker, step).contains("\\nProtectHostname=no\\n"))
        let canary = "cannot chmod /tmp/judge-canary-7-x: operation not permitted"
        #expect(mend(Self.worker, canary) == mend(.bare, step))
        #expect(mend(Self.worker, "cannot open the box: no such file") == mend(.bare, step))
        let map = "newuidmap 19 0 999 1 1 200000 1 ended with 1"
        #expect(mend(Self.podman, map).contains("with no --security-opt no-new-privileges,"))
        #expect(
            mend(Self.worker, map).contains(
                "[Service]\\nNoNewPrivileges=no\\nCapabilityBoundingSet=CAP_SETUID "))
        // Each of these two has one cause, and nothing else is given up for it.
        let call = "cannot open /usr: function not implemented"
        #expect(mend(Self.worker, call).contains("\"[Service]\\nRestrictSUIDSGID=no\\n\""))
        #expect(mend(Self.podman, call).contains("seccomp=seccomp.json"))
        let overlay = "cannot make an overlay of /usr/lib: invalid argument"
        #expect(mend(Self.worker, overlay).contains("\"[Service]\\nProtectKernelModules=no\\n\""))
        #expect(mend(.bare, overlay) == mend(.bare, step))
        let room = "the groups above it have room for 13; raise pids.max of the judge's group"
        #expect(mend(Self.docker, room).contains("with a larger --pids-limit,"))
        #expect(mend(Self.worker, room).contains("[Service]\\nTasksMax=infinity\\n\""))
    }
}
