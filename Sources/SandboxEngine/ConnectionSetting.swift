/// A setting of the network namespace that its writer is in. The kernel charges to nobody what TCP
/// connections hold before they are accepted (see `ListenerRation`) and after they were closed.
struct ConnectionSetting {
    let file: String
    let text: String

    /// Least, first and most bytes that a connection receives before they are read.
    static let received = Self(file: "/proc/sys/net/ipv4/tcp_rmem", text: "4096 8192 16384")
    /// Closed connections that are remembered for a minute, of some 256 bytes each; the kernel's own
    /// number grows with the machine.
    static let remembered = Self(file: "/proc/sys/net/ipv4/tcp_max_tw_buckets", text: "1024")
}
