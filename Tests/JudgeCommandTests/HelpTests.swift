import Testing

@Suite struct HelpTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test(
        "The help of every command stands alone, with an example",
        arguments: [
            [], ["submit"], ["result"], ["list"], ["source"], ["cancel"], ["rejudge"],
            ["rejudging"], ["rejudging", "list"], ["rejudging", "show"], ["rejudging", "apply"],
            ["rejudging", "undo"], ["worker"], ["run"],
            ["problem"],
            ["problem", "add"], ["problem", "list"], ["problem", "show"], ["problem", "remove"],
            ["problem", "verify"], ["database"], ["database", "migrate"], ["database", "check"],
            ["database", "backup"], ["database", "prune"], ["output"], ["replay"],
            ["worker", "release"], ["bench"],
        ])
    func help(command: [String]) throws {
        let answer = try desk.judge(command + ["--help"])
        #expect(answer.status == 0)
        #expect(answer.complaint.isEmpty)
        #expect(answer.output.contains("\n  " + (["judge"] + command).joined(separator: " ")))
        #expect(answer.output.contains("USAGE: "))
    }

    @Test(
        "Wrong usage is one sentence and exit code 64",
        arguments: [
            ["nothing"], ["submit"], ["submit", "sum"], ["result"], ["result", "x"],
            ["result", "0"], ["list", "--verdict", "XX"], ["list", "--limit", "0"],
            ["worker", "--slots", "0"], ["worker", "--metrics", "9464"],
            ["worker", "--metrics", "localhost:9464"], ["worker", "--metrics", "0.0.0.0:9464"],
            ["worker", "--metrics-anywhere"], ["problem", "verify", "x", "--slots", "0"],
            ["source", "1", "--json", "--output", "out"],
            ["submit", "sum", "a.c", "--priority", "urgent"], ["cancel"], ["cancel", "x"],
            ["rejudge"], ["rejudge", "1", "--verdict", "WA"],
            ["rejudge", "1", "--name", ""], ["rejudging", "show"],
            ["output", "1", "--to", "out"], ["output", "1", "a", "--stream", "stdin"],
            ["database", "prune"], ["database", "prune", "--older-than", "30"], ["replay", "1"],
        ])
    func usage(arguments: [String]) throws {
        let answer = try desk.judge(arguments)
        #expect(answer.status == 64)
        #expect(answer.complaint.hasPrefix("judge: "))
        #expect(answer.output.isEmpty)
    }

    @Test("A reader that goes away ends the output quietly")
    func brokenPipe() throws {
        let answer = try desk.shell("{ \"$0\" --help; } | true")
        #expect(answer.status == 0)
        #expect(answer.complaint.isEmpty)
        _ = try desk.submit()
        let listing = try desk.shell("{ \"$0\" list --json; echo $? >status; } | true")
        #expect(listing.complaint.isEmpty)
        let closed = try desk.shell("\"$0\" list >&-")
        #expect(closed.status == 0)
        #expect(closed.complaint.isEmpty)
        #expect(try desk.judge("list").output.contains("queued"))
    }

    @Test("A standard output that is full is an error")
    func fullOutput() throws {
        _ = try desk.submit()
        let answer = try desk.shell("\"$0\" list >/dev/full")
        #expect(answer.status == 70)
        #expect(
            answer.complaint
                == "judge: cannot write standard output: No space left on device\n")
    }
}
