private let processors = "/sys/devices/system/cpu"

extension HostCheck {
    static let slots = HostCheck(
        "slots", because: "runs that share a processor disturb each other's times"
    ) { host in
        let path = "\(processors)/online"
        guard let list = host.text(path), let count = processorCount(list) else {
            return .notKnown(host, path, mend: "nproc")
        }
        let slots = host.purpose.slots
        guard slots <= count else {
            return .warn(
                "\(slots) slots on \(count) processors",
                mend: "set slots in [worker] of judge.conf to \(count) or less")
        }
        return .pass("\(slots) on \(count) processors")
    }

    static let hyperThreading = HostCheck(
        "smt", because: "two threads of one core slow each other and share its caches"
    ) { host in
        let path = "\(processors)/smt/active"
        let control = "\(processors)/smt/control"
        switch host.text(path) {
        case "0": return .pass("one thread for each core")
        case "1":
            return .warn(
                "two or more threads for each core",
                mend: host.mends.onHost("echo off > \(control)"))
        default: return .notKnown(host, path, mend: "lscpu")
        }
    }

    static let governor = HostCheck(
        "governor", because: "a processor that changes its pace changes every time"
    ) { host in
        let cpus = host.names(processors).filter {
            $0.hasPrefix("cpu") && $0.count > 3 && $0.dropFirst(3).allSatisfy(\.isNumber)
        }.sorted()
        let paths = cpus.map { "\(processors)/\($0)/cpufreq/scaling_governor" }
        let governors = Set(paths.compactMap { host.text($0) })
        let set = "cpupower frequency-set --governor performance"
        if governors == ["performance"] { return .pass("performance") }
        guard governors.isEmpty else {
            return .warn(governors.sorted().joined(separator: ", "), mend: host.mends.onHost(set))
        }
        let path = paths.first ?? "\(processors)/cpu0/cpufreq/scaling_governor"
        return .notKnown(host, path, mend: "on the machine that hosts this one: \(set)")
    }

    static let turbo = HostCheck(
        "turbo", because: "a faster pace while it is cool makes times depend on what ran before"
    ) { host in
        let intel = "\(processors)/intel_pstate/no_turbo"
        let other = "\(processors)/cpufreq/boost"
        switch (host.text(intel), host.text(other)) {
        case ("1", _), (nil, "0"): return .pass("off")
        case ("0", _): return .warn("on", mend: host.mends.onHost("echo 1 > \(intel)"))
        case (nil, "1"): return .warn("on", mend: host.mends.onHost("echo 0 > \(other)"))
        default:
            return .notKnown(
                host, intel, mend: "look at the settings of the machine that hosts this one")
        }
    }

    static let addressLayout = HostCheck(
        "address-layout", because: "random addresses make holes in compilers hard to use"
    ) { host in
        let path = "/proc/sys/kernel/randomize_va_space"
        switch host.text(path) {
        case "2": return .pass("random")
        case "0"?, "1"?:
            return .warn(
                "not fully random", mend: host.mends.onHost("sysctl -w kernel.randomize_va_space=2")
            )
        default: return .notKnown(host, path, mend: "sysctl kernel.randomize_va_space")
        }
    }

    static let hugePages = HostCheck(
        "huge-pages",
        because: "pages of 2 MiB given unasked blow up memory use and come and go with luck"
    ) { host in
        let path = "/sys/kernel/mm/transparent_hugepage/enabled"
        guard case .text(let text) = host.file(path) else {
            if host.file(path) == .absent { return .pass("this kernel has none") }
            return .notKnown(host, path, mend: "cat \(path)")
        }
        if text.contains("[always]") {
            return .warn("given to all", mend: host.mends.onHost("echo madvise > \(path)"))
        }
        return .pass(text.contains("[never]") ? "off" : "given to who asks")
    }

    static let clockSource = HostCheck(
        "clock-source", because: "slow clocks take time from programs that look at them"
    ) { host in
        let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        guard let source = host.text(path) else {
            return .notKnown(host, path, mend: "mount -t sysfs sysfs /sys")
        }
        guard
            ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page"]
                .contains(source)
        else {
            return .warn(
                "\(source) is slow",
                mend: host.mends.onHost("echo tsc > \(path)"))
        }
        return .pass(source)
    }

    /// How many processors a list such as `0-3,6` names; nil when it is none.
    static func processorCount(_ list: String) -> Int? {
        var count = 0
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last, last < 1 << 16 else {
                return nil
            }
            count += last - first + 1
        }
        return count > 0 ? count : nil
    }
}
