/// How much a TCP connection of a run receives before it is read: what waits to be accepted is charged
/// to nobody (see `ListenerRation`).
enum ReceiveLimit {
    /// Of the network namespace that the writer is in.
    static let file = "/proc/sys/net/ipv4/tcp_rmem"
    /// Least, first and most bytes.
    static let sizes = "4096 8192 16384"
}
