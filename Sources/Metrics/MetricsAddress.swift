/// Where metrics are served: an IPv4 address, or an IPv6 one in brackets, and a port.
package struct MetricsAddress: Sendable, Equatable {
    package var host: String
    /// 0 for one that is free.
    package var port: Int

    /// Reads `127.0.0.1:9464` or `[::1]:9464`; nil for anything else, host names too.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard (1...5).contains(digits.count), digits.allSatisfy(\.isASCII),
            let port = Int(digits), (0...65_535).contains(port)
        else { return nil }
        let place = text[..<colon]
        if place.hasPrefix("["), place.hasSuffix("]"), place.count > 2 {
            let host = String(place.dropFirst().dropLast())
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
            else { return nil }
            self.host = host
        } else {
            let parts = place.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4,
                parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) && UInt8($0) != nil })
            else { return nil }
            host = String(place)
        }
        self.port = port
    }

    /// Whether only programs of this machine can come there.
    package var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }
}
