package import Units

/// A language as a section of judge.conf describes it.
///
/// In argument lists `{sources}` stands for the source files (several arguments), `{entry}` for the
/// entry point (a file name, or a class by `entryRule`), `{memory_mib}` for the memory limit of the run in MiB,
/// `{heap_mib}` for what of it is left for the program's data, `{stack_kib}` for what of that a stack may have,
/// `{precompiled}` for where the precompiled header is, if it is used.
package struct Language: Sendable, Equatable, Codable {
    /// The section's name: `cpp17`.
    package var id: String
    /// For people: `C++17`.
    package var name: String
    /// Language code of the Kattis/ICPC package format: `cpp`, `c`, `python3`.
    package var code: String
    /// File name endings with their dot that are source files of this language: `.cpp`.
    package var endings: [String]
    /// Whether an ending chooses this language among those that share it, of which only one may say so; an ending of
    /// no other language chooses it in any case.
    package var detected: Bool
    /// What the first line of a source (`#!/usr/bin/env python3`) may call: `python3`. It chooses this language among
    /// those of the ending.
    package var interpreters: [String] = []
    /// How `{entry}` is found.
    package var entryRule: EntryRule = .file
    /// Argument list run in `/box`, which holds the sources; never a shell line.
    package var compile: [String]
    /// Argument lists run after `compile`, in order, each in the same `/box`.
    package var furtherCompile: [[String]] = []
    /// What of `/box` is kept after compiling, for the runs: names, or `{sources}`.
    package var products: [String]
    /// Argument list of one run.
    package var run: [String]
    /// `NAME=VALUE` beyond the constant environment, for compiling and running; placeholders stand in values.
    package var environment: [String]
    /// Host files and directories that runs see read-only beyond the built-in view, where the host has them:
    /// absolute paths, or `HOST:INSIDE`.
    package var readOnly: [String] = []
    /// Processes and threads a run may have at one time.
    package var processes: Int
    /// Descriptors that one process of a run may have open at one time; nil: as for all languages.
    package var openFiles: Int?
    /// Classes of system calls beyond those of every run, for compiling and running.
    package var syscalls: [String]
    /// What the runtime writes to standard error when it is refused memory.
    package var outOfMemory: [String] = []
    /// CPU time that a program takes which does nothing, as declared; nil: not declared.
    package var baseTime: Duration?
    /// Memory of the same.
    package var baseMemory: ByteCount?
    /// The header that may be precompiled, as it is included: `bits/stdc++.h`; nil: none.
    package var header: String?
    /// Argument list that makes the file `{precompiled}` of the file `{header}`, which includes the header
    /// and nothing else; nil: nothing is precompiled.
    package var precompile: [String]?
    /// Prints the version of the toolchain.
    package var version: [String]
    /// The Debian packages that bring the toolchain, separated by blanks.
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

    /// The argument lists that compile, in order.
    package var compileSteps: [[String]] { compile.isEmpty ? [] : [compile] + furtherCompile }

    /// The programs of the host that compile and run it, each once; products are none of the host's.
    package var hostPrograms: [String] {
        var paths: [String] = []
        for path in (compileSteps + [run]).compactMap(\.first)
        where path.hasPrefix("/") && !path.hasPrefix("/box/") && !paths.contains(path) {
            paths.append(path)
        }
        return paths
    }

    /// What brings programs of the host that are missing.
    package func mend(missing programs: [String]) -> String {
        package.isEmpty
            ? "there is no \(programs.joined(separator: ", "))" : "apt-get install \(package)"
    }

    /// What of a memory limit is left for the program's own data, in MiB: all but what the runtime takes,
    /// at least half of it.
    package func heapMebibytes(of limit: ByteCount) -> Int64 {
        let left = limit.bytes - (baseMemory?.bytes ?? 0)
        return max(left, limit.bytes / 2) >> 20
    }

    /// What a stack may have of that, in KiB: less than 2 GiB, since run-time systems count its bytes in 32 bits.
    package func stackKibibytes(of limit: ByteCount) -> Int64 {
        min(heapMebibytes(of: limit) * 1_000, 2_000_000)
    }

    /// What stands for a language where answers are submitted and no program: judge.conf has no
    /// section for it, and nothing is compiled or run.
    package static let answers = Language(
        id: "answers", name: "answer files", code: "answers", endings: [], detected: false,
        compile: [], products: [], run: [])
}

/// By which rule the entry point of a source set is found. Raw values are those of judge.conf.
package enum EntryRule: String, Sendable, Codable, CaseIterable {
    /// A file: the only source file, else `__main__.*`, else `main.*`, else the first by name.
    case file
    /// The class that has `static void main(`, with its package. Sources are called as their public class.
    case javaClass = "java-class"
    /// The class of the file that has `fun main`, with its package.
    case kotlinClass = "kotlin-class"
    /// The object that has `def main(` or `extends App`, with its package.
    case scalaObject = "scala-object"
}
