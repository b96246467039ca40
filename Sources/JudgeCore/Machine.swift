/// What a run may depend on beside its request: the machine and the programs that are installed there.
/// What could not be found out is nil.
package struct Machine: Sendable, Equatable, Codable {
    /// Name of the host.
    package var host: String?
    /// Release and architecture: `6.1.0-28-amd64 x86_64`.
    package var kernel: String?
    /// SHA-256 of the program that judged.
    package var judgeDigest: String?
    /// SHA-256 of the sandbox helper, which holds the built-in file view.
    package var helperDigest: String?
    /// SHA-256 of the helper's table of system calls, as text.
    package var filterDigest: String?
    /// `HOST:INSIDE` of what runs see beyond the built-in file view.
    package var mounts: [String]
    /// By the language's id.
    package var toolchains: [String: Toolchain]

    package init(
        host: String? = nil, kernel: String? = nil, judgeDigest: String? = nil,
        helperDigest: String? = nil, filterDigest: String? = nil, mounts: [String] = [],
        toolchains: [String: Toolchain] = [:]
    ) {
        self.host = host
        self.kernel = kernel
        self.judgeDigest = judgeDigest
        self.helperDigest = helperDigest
        self.filterDigest = filterDigest
        self.mounts = mounts
        self.toolchains = toolchains
    }
}

/// The compiler or interpreter of a language, as it was found.
package struct Toolchain: Sendable, Equatable, Codable {
    /// First line that it prints when asked for its version.
    package var version: String?
    /// SHA-256 of the program that compiles, or of the one that runs where nothing is compiled.
    package var digest: String?

    package init(version: String? = nil, digest: String? = nil) {
        self.version = version
        self.digest = digest
    }
}
