import Metrics
import Testing

@Suite("Metrics as text")
struct TextTests {
    @Test("Families are written with HELP and TYPE, labels in their order and escaped")
    func text() throws {
        let families = [
            MetricFamily("judge_slots", .gauge, help: "Slots \\ of\nhere.", value: 2),
            MetricFamily(
                "judge_x_total", .counter, help: "X.",
                samples: [
                    .init(1.5, labels: [.init("b", "say \"hi\"\\\n"), .init("a", "ä")]),
                    .init(.infinity, labels: [.init("b", "")]),
                ]),
            MetricFamily("judge_empty", .gauge, help: "Nothing.", samples: []),
        ]
        let text = PrometheusText.text(families)
        #expect(
            text == """
                # HELP judge_slots Slots \\\\ of\\nhere.
                # TYPE judge_slots gauge
                judge_slots 2
                # HELP judge_x_total X.
                # TYPE judge_x_total counter
                judge_x_total{b="say \\"hi\\"\\\\\\n",a="ä"} 1.5
                judge_x_total{b=""} +Inf
                # HELP judge_empty Nothing.
                # TYPE judge_empty gauge

                """)
        #expect(try PrometheusParser(text).families.map(\.samples.count) == [1, 2, 0])
    }

    @Test("A histogram counts each value in its bucket and in all larger ones")
    func histogram() throws {
        var histogram = Histogram(bounds: [0.5, 1, 2.5])
        for value in [0.25, 0.5, 0.75, 2, 99] { histogram.observe(value) }
        let family = MetricFamily(
            "t_seconds", .histogram, help: "T.",
            samples: histogram.samples(labels: [.init("phase", "run")]))
        let text = PrometheusText.text([family])
        #expect(
            text.split(separator: "\n").dropFirst(2).map(String.init) == [
                "t_seconds_bucket{phase=\"run\",le=\"0.5\"} 2",
                "t_seconds_bucket{phase=\"run\",le=\"1\"} 3",
                "t_seconds_bucket{phase=\"run\",le=\"2.5\"} 4",
                "t_seconds_bucket{phase=\"run\",le=\"+Inf\"} 5",
                "t_seconds_sum{phase=\"run\"} 102.5", "t_seconds_count{phase=\"run\"} 5",
            ])
        #expect(try PrometheusParser(text).families.count == 1)
    }

    @Test(
        "The parser of these tests refuses what Prometheus would refuse",
        arguments: [
            "a 1\n", "# HELP a A.\na 1\n", "# TYPE a gauge\na 1\n",
            "# HELP a A.\n# TYPE a gauge\nb 1\n", "# HELP a A.\n# TYPE a gauge\na x\n",
            "# HELP a A.\n# TYPE a gauge\na 1", "# HELP a A.\n# TYPE a gauge\na{b=\"c} 1\n",
            "# HELP a A.\n# TYPE a gauge\na 1\na 2\n",
            "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
        ])
    func refused(text: String) {
        #expect(throws: PrometheusParser.Mistake.self) { try PrometheusParser(text) }
    }

    @Test("An address is numbers and a port; whether others can reach it is known")
    func address() {
        let loopback = ["127.0.0.1:9464", "127.9.9.9:0", "[::1]:65535"]
        for text in loopback { #expect(MetricsAddress(text)?.isLoopback == true, "\(text)") }
        let open = ["0.0.0.0:9464", "10.0.0.1:1", "[::]:9464", "[fe80::1]:2"]
        for text in open { #expect(MetricsAddress(text)?.isLoopback == false, "\(text)") }
        let wrong = [
            "", ":", "9464", "localhost:9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
            "127.0.0:1", "127.0.0.256:1", "127.0.0.1:-1", "127.0.0.+1:1", "::1:9464", "[]:1",
            "[127.0.0.1]:1", "127.0.0.1:٣",
        ]
        for text in wrong { #expect(MetricsAddress(text) == nil, "\(text)") }
    }
}
