import Glibc
import Linux

/// The helper program in one of the modes in which it serves nobody and tells something.
enum HelperMode {
    private static let outputLimit = 1 << 18

    /// Runs the helper outside of any sandbox and returns what it wrote.
    static func output(
        of helper: String, _ arguments: [String]
    ) -> Result<String, TrialFailure> {
        do throws(KernelError) {
            let output = try Descriptor.memory("output")
            let null = try Descriptor.open("/dev/null", O_RDWR)
            let process = try ChildProcess.spawn(
                helper, arguments: ["judge-sandbox"] + arguments,
                streams: [null.number, output.number, null.number])
            guard process.wait(milliseconds: 10_000) else {
                process.signal(SIGKILL)
                _ = process.wait()
                return .failure(TrialFailure("\(helper) does not answer"))
            }
            let bytes = try readAll(output.number, atMost: outputLimit, "the helper's answer")
            return .success(String(decoding: bytes, as: UTF8.self))
        } catch {
            return .failure(TrialFailure("cannot \(error)"))
        }
    }
}
