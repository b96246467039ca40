/// A language as a section of judge.conf describes it.
///
/// In argument lists `{sources}` stands for the source files (several arguments), `{entry}` for the
/// entry point (one file name), `{memory_mib}` for the memory limit of the run in MiB, `{precompiled}` for
/// where the precompiled header is, if it is used.
package struct Language: Sendable, Equatable, Codable {
    /// The section's name: `cpp17`.
    package var id: String
    /// For people: `C++17`.
    package var name: String
    /// Language code of the Kattis/ICPC package format: `cpp`, `c`, `python3`.
    package var code: String
    /// File name endings with their dot that are source files of this language: `.cpp`.
    package var endings: [String]
    /// Whether a file name alone may choose this language; of two languages with one ending only
    /// one may say so.
    package var detected: Bool
    /// Argument list run in `/box`, which holds the sources; never a shell line.
    package var compile: [String]
    /// What of `/box` is kept after compiling, for the runs: names, or `{sources}`.
    package var products: [String]
    /// Argument list of one run.
    package var run: [String]
    /// `NAME=VALUE` beyond the constant environment, for compiling and running.
    package var environment: [String]
    /// Processes and threads a run may have at one time.
    package var processes: Int
    /// Classes of system calls beyond those of every run, for compiling and running.
    package var syscalls: [String]
    /// The header that may be precompiled, as it is included: `bits/stdc++.h`; nil: none.
    package var header: String?
    /// Argument list that makes the file `{precompiled}` of the file `{header}`, which includes the header
    /// and nothing else; nil: nothing is precompiled.
    package var precompile: [String]?
    /// Prints the version of the toolchain.
    package var version: [String]
    /// The Debian package that brings the toolchain.
    package var package: String

    package init(
        id: String, name: String, code: String, endings: [String], detected: Bool,
        compile: [String], products: [String], run: [String], environment: [String] = [],
        processes: Int = 32, syscalls: [String] = [],
        header: String? = nil, precompile: [String]? = nil, version: [String] = [],
        package: String = ""
    ) {
        self.id = id
        self.name = name
        self.code = code
        self.endings = endings
        self.detected = detected
        self.compile = compile
        self.products = products
        self.run = run
        self.environment = environment
        self.processes = processes
        self.syscalls = syscalls
        self.header = header
        self.precompile = precompile
        self.version = version
        self.package = package
    }

    /// What stands for a language where answers are submitted and no program: judge.conf has no
    /// section for it, and nothing is compiled or run.
    package static let answers = Language(
        id: "answers", name: "answer files", code: "answers", endings: [], detected: false,
        compile: [], products: [], run: [])
}
