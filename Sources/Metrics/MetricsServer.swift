import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Why metrics cannot be served.
package struct MetricsServerError: Error, Sendable, CustomStringConvertible {
    package let description: String
}

/// Answers `GET /metrics` over HTTP/1.1 on one address, and nothing else.
///
/// Whoever comes gets little: 16 connections at one time, 8 KiB of head, no body, 10 s from coming to
/// going, one answer each.
package enum MetricsServer {
    static let connectionLimit = 16
    static let headLimit = 8 << 10
    static let patience = TimeAmount.seconds(10)

    /// Serves while `work` goes on, and has stopped when this returns.
    ///
    /// - Parameters:
    ///   - text: the metrics now; made anew for each request.
    ///   - work: is given the port that is served at.
    /// - Throws: `MetricsServerError` before `work` begins when the address cannot be had, or what
    ///   `work` throws.
    package static func serve<Value: Sendable>(
        at address: MetricsAddress, _ text: @escaping @Sendable () async -> String,
        while work: (_ port: Int) async throws -> Value
    ) async throws -> Value {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let guests = Guests()
        let channel: any Channel
        do {
            channel = try await bootstrap(group, guests, text)
                .bind(host: address.host, port: address.port).get()
        } catch {
            try? await group.shutdownGracefully()
            let place = "\(address.host) port \(address.port)"
            throw MetricsServerError(
                description: "cannot serve metrics at \(place): \(reason(error))")
        }
        let result: Result<Value, any Error>
        do {
            result = .success(try await work(channel.localAddress?.port ?? address.port))
        } catch {
            result = .failure(error)
        }
        // Connections that are open are closed with the group.
        try? await channel.close()
        try? await group.shutdownGracefully()
        return try result.get()
    }

    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ guests: Guests,
        _ text: @escaping @Sendable () async -> String
    ) -> ServerBootstrap {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = headLimit
        limits.maxHeaderListSize = headLimit
        let decoderLimits = limits
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(connectionLimit))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                guard guests.enter() else {
                    return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
                }
                let end = channel.eventLoop.scheduleTask(in: patience) {
                    channel.close(promise: nil)
                }
                channel.closeFuture.whenComplete { _ in
                    end.cancel()
                    guests.leave()
                }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(HTTPResponseEncoder())
                    try pipeline.addHandler(
                        ByteToMessageHandler(
                            HTTPRequestDecoder(limitConfiguration: decoderLimits),
                            maximumBufferSize: headLimit))
                    try pipeline.addHandler(MetricsHandler(text))
                }
            }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        switch error.errnoCode {
        case EADDRINUSE: return "the port is taken; name another one, or 0 for one that is free"
        case EACCES: return "not permitted; name a port above 1023"
        case EADDRNOTAVAIL: return "this machine does not have the address"
        default: return String(cString: strerror(error.errnoCode))
        }
    }
}

/// Counts who is here.
private final class Guests: Sendable {
    private let count = Mutex(0)

    /// false when there is no room.
    func enter() -> Bool {
        count.withLock { count in
            guard count < MetricsServer.connectionLimit else { return false }
            count += 1
            return true
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}

/// One connection: reads one request, answers it and closes.
private final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let text: @Sendable () async -> String
    private var isAnswered = false

    init(_ text: @escaping @Sendable () async -> String) {
        self.text = text
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A body is nothing to wait for: the head alone is answered.
        guard case .head(let head) = unwrapInboundIn(data), !isAnswered else { return }
        isAnswered = true
        let path = head.uri.prefix { $0 != "?" }
        switch (head.method, path) {
        case (.GET, "/metrics"), (.HEAD, "/metrics"):
            answerWithMetrics(context, isHead: head.method == .HEAD)
        case (_, "/metrics"):
            Self.answer(context.channel, .methodNotAllowed, "only GET\n")
        default:
            Self.answer(context.channel, .notFound, "metrics are at /metrics\n")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isAnswered else { return context.close(promise: nil) }
        isAnswered = true
        Self.answer(
            context.channel, .badRequest, "not a request of HTTP/1.1 that is short enough\n")
    }

    private func answerWithMetrics(_ context: ChannelHandlerContext, isHead: Bool) {
        let (channel, text) = (context.channel, text)
        channel.eventLoop.makeFutureWithTask { await text() }.whenSuccess { text in
            Self.answer(channel, .ok, text, isHead: isHead)
        }
    }

    private static func answer(
        _ channel: any Channel, _ status: HTTPResponseStatus, _ text: String, isHead: Bool = false
    ) {
        let headers: HTTPHeaders = [
            "Content-Type": status == .ok
                ? PrometheusText.contentType : "text/plain; charset=utf-8",
            "Content-Length": "\(text.utf8.count)", "Connection": "close",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if !isHead {
            channel.write(
                HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
        }
        // Who sent more than was read must still get the answer: our side is closed first.
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
