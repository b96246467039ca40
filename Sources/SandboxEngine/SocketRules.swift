/// The rows for sockets: local and IP ones, in the run's own network namespace, with such options as
/// programs set and none that loads code into the kernel (SO_ATTACH_*, TCP_ULP, IPT_*).
enum SocketRules {
    static let all = [
        SyscallRule(
            "socket",
            when: [
                [
                    .argument(0, "family", among: ["AF_UNIX": 1]),
                    .argument(1, "type", among: types, besides: typeFlags),
                    .argument(2, "protocol", among: ["0": 0]),
                ],
                [
                    .argument(0, "family", among: families),
                    .argument(1, "type", among: ["SOCK_STREAM": 1], besides: typeFlags),
                    .argument(2, "protocol", among: ["0": 0, "IPPROTO_TCP": 6]),
                ],
                [
                    .argument(0, "family", among: families),
                    .argument(1, "type", among: ["SOCK_DGRAM": 2], besides: typeFlags),
                    .argument(2, "protocol", among: ["0": 0, "IPPROTO_UDP": 17]),
                ],
            ],
            because: "local sockets, TCP and UDP over loopback; no other family exists"),
        SyscallRule(
            "socketpair",
            when: [
                [
                    .argument(0, "family", among: ["AF_UNIX": 1]),
                    .argument(1, "type", among: types, besides: typeFlags),
                    .argument(2, "protocol", among: ["0": 0]),
                ]
            ],
            because: "two ends for processes of the run"),
        SyscallRule(
            "bind accept accept4 connect shutdown getsockname getpeername recvfrom recvmsg recvmmsg",
            because: "what such sockets can do"),
        SyscallRule(
            "sendto sendmmsg", when: [[.argument(3, "flags", without: unfinished)]],
            because:
                "what such sockets can do; a datagram that is never finished is charged to nobody"),
        SyscallRule(
            "sendmsg", when: [[.argument(2, "flags", without: unfinished)]],
            because:
                "what such sockets can do; a datagram that is never finished is charged to nobody"),
        SyscallRule(
            "listen", answer: .rationed,
            because: "letting connections wait; those of TCP are charged to nobody until they are "
                + "accepted"),
        SyscallRule(
            "setsockopt",
            when: [
                [level("SOL_SOCKET", 1), .argument(2, "option", among: socketOptions)],
                [level("IPPROTO_TCP", 6), .argument(2, "option", among: tcpOptions)],
                [level("IPPROTO_IP", 0), .argument(2, "option", among: ipOptions)],
                [level("IPPROTO_IPV6", 41), .argument(2, "option", among: ipv6Options)],
            ],
            because: "sizes, times and addresses; nothing that loads code into the kernel"),
        SyscallRule(
            "setsockopt",
            when: [[level("SOL_SOCKET", 1), .argument(2, "option", among: receiving)]],
            answer: .success,
            because: "a wish that the kernel may overrule; a connection that waits to be accepted "
                + "would hold as much, charged to nobody"),
        SyscallRule(
            "setsockopt",
            when: [
                [level("IPPROTO_IP", 0), .argument(2, "option", among: ipErrors)],
                [level("IPPROTO_IPV6", 41), .argument(2, "option", among: ipv6Errors)],
            ],
            answer: .success,
            because: "a wish of resolvers; errors that nobody fetches are kept, charged to nobody"),
        SyscallRule(
            "getsockopt",
            when: [
                [
                    level("SOL_SOCKET", 1),
                    .argument(
                        2, "option",
                        among: [
                            "SO_TYPE": 3, "SO_ERROR": 4, "SO_PEERCRED": 17, "SO_ACCEPTCONN": 30,
                            "SO_PROTOCOL": 38, "SO_DOMAIN": 39,
                        ]),
                ],
                [level("SOL_SOCKET", 1), .argument(2, "option", among: socketOptions)],
                [level("SOL_SOCKET", 1), .argument(2, "option", among: receiving)],
                [level("IPPROTO_TCP", 6), .argument(2, "option", among: ["TCP_INFO": 11])],
                [level("IPPROTO_TCP", 6), .argument(2, "option", among: tcpOptions)],
                [level("IPPROTO_IP", 0), .argument(2, "option", among: ipOptions)],
                [level("IPPROTO_IPV6", 41), .argument(2, "option", among: ipv6Options)],
                [level("IPPROTO_IP", 0), .argument(2, "option", among: ipErrors)],
                [level("IPPROTO_IPV6", 41), .argument(2, "option", among: ipv6Errors)],
            ],
            because: "asking for the same"),
    ]

    private static let unfinished: KeyValuePairs<String, UInt64> = ["MSG_MORE": 0x8000]
    private static let families: KeyValuePairs<String, UInt64> = ["AF_INET": 2, "AF_INET6": 10]
    private static let types: KeyValuePairs<String, UInt64> = ["SOCK_STREAM": 1, "SOCK_DGRAM": 2]
    /// SOCK_NONBLOCK and SOCK_CLOEXEC.
    private static let typeFlags: UInt64 = 0x800 | 0x8_0000

    private static func level(_ name: String, _ value: UInt64) -> ArgumentRule {
        ArgumentRule(index: 1, mask: 0xffff_ffff, values: [value], text: "level is \(name)")
    }

    private static let socketOptions: KeyValuePairs<String, UInt64> = [
        "SO_REUSEADDR": 2, "SO_BROADCAST": 6, "SO_SNDBUF": 7, "SO_KEEPALIVE": 9,
        "SO_OOBINLINE": 10, "SO_LINGER": 13, "SO_REUSEPORT": 15, "SO_PASSCRED": 16,
        "SO_RCVLOWAT": 18, "SO_RCVTIMEO": 20, "SO_SNDTIMEO": 21, "SO_RCVTIMEO_NEW": 66,
        "SO_SNDTIMEO_NEW": 67,
    ]
    private static let receiving: KeyValuePairs<String, UInt64> = ["SO_RCVBUF": 8]
    private static let tcpOptions: KeyValuePairs<String, UInt64> = [
        "TCP_NODELAY": 1, "TCP_MAXSEG": 2, "TCP_CORK": 3, "TCP_KEEPIDLE": 4, "TCP_KEEPINTVL": 5,
        "TCP_KEEPCNT": 6, "TCP_QUICKACK": 12, "TCP_USER_TIMEOUT": 18,
    ]
    private static let ipOptions: KeyValuePairs<String, UInt64> = [
        "IP_TOS": 1, "IP_TTL": 2, "IP_MULTICAST_IF": 32, "IP_MULTICAST_TTL": 33,
        "IP_MULTICAST_LOOP": 34, "IP_MULTICAST_ALL": 49,
    ]
    private static let ipErrors: KeyValuePairs<String, UInt64> = ["IP_RECVERR": 11]
    private static let ipv6Errors: KeyValuePairs<String, UInt64> = ["IPV6_RECVERR": 25]
    private static let ipv6Options: KeyValuePairs<String, UInt64> = [
        "IPV6_UNICAST_HOPS": 16, "IPV6_MULTICAST_IF": 17, "IPV6_MULTICAST_HOPS": 18,
        "IPV6_MULTICAST_LOOP": 19, "IPV6_V6ONLY": 26, "IPV6_MULTICAST_ALL": 29,
        "IPV6_TCLASS": 67,
    ]
}
