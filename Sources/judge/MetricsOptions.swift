import ArgumentParser
import Configuration
import Foundation
import Glibc
import Judging
import Metrics
import Store
import Worker

extension MetricsAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

/// Whether and where a worker serves its metrics.
struct MetricsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Serve metrics for Prometheus there, at /metrics: 127.0.0.1:9464.",
            discussion: "An address in numbers and a port; 0 for one that is free.",
            valueName: "address:port"))
    var metrics: MetricsAddress?

    @Flag(help: "Let --metrics take an address that other machines can reach.")
    var metricsAnywhere = false

    func validate() throws {
        guard let metrics else {
            guard !metricsAnywhere else {
                throw ValidationError("--metrics-anywhere says nothing without --metrics")
            }
            return
        }
        guard metrics.isLoopback || metricsAnywhere else {
            throw ValidationError(
                "\(metrics.host) can be reached by other machines, which may read without a "
                    + "password; name 127.0.0.1, or add --metrics-anywhere")
        }
    }

    /// Does `work`, and serves metrics meanwhile if that was asked for.
    func serve(
        _ worker: WorkerMetrics, of judge: Judge, _ store: SQLiteStore,
        while work: (_ port: Int?) async throws -> Void
    ) async throws {
        guard let metrics else { return try await work(nil) }
        do {
            try await MetricsServer.serve(at: metrics) {
                // What cannot be found out now is left out: its absence tells.
                let queue = try? await store.waitingClasses()
                let held = try? await store.heldWorkers()
                return PrometheusText.text(
                    worker.families(
                        queue: queue, heldWorkers: held?.count, compiled: judge.compileCacheUse,
                        validators: await judge.validatorCacheUse,
                        diskFree: Self.diskFree(at: store.path)))
            } while: { port in
                try await work(port)
            }
        } catch let error as MetricsServerError {
            throw CommandFailure(.unavailable, error.description)
        }
    }

    private static func diskFree(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int64(clamping: status.f_frsize)
        ).partialValue
    }
}
