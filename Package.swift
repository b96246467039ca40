// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house and who may enter which: docs/architecture.md draws this list.
// Plain `swift build` lets a target import a sibling it never declared; CI refuses that with
// `--explicit-target-dependency-import-check error`.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ room: String, _ more: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: "\(room)Tests", dependencies: [.init(stringLiteral: room)] + more,
        resources: resources, swiftSettings: settings)
}

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let sqlite = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqliteLibrary = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let network = ["NIOCore", "NIOHTTP1", "NIOPosix"].map {
    Target.Dependency.product(name: $0, package: "swift-nio")
}
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "judge",
    products: [
        .executable(name: "judge", targets: ["judge"]),
        .executable(name: "judge-sandbox", targets: ["judge-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // The kernel.
        .target(name: "CLinux"),
        .systemLibrary(name: "CSeccomp", providers: [.apt(["libseccomp-dev"])]),
        room("Linux", ["CLinux"]),
        // Archives.
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
        // Compression.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        // XML.
        .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),

        // The sandbox: helper side, wire, worker side.
        room("Units"),
        room("SandboxProtocol", ["Units"]),
        room("SandboxEngine", ["CLinux", "CSeccomp", "Linux", "SandboxProtocol", "Units"]),
        .executableTarget(
            name: "judge-sandbox", dependencies: ["SandboxEngine"], swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-static-executable"])]),
        room("Sandboxing", ["Linux", "SandboxProtocol", "Units", log]),

        // The judge.
        room("JudgeCore", ["Units"]),
        room("Problems", ["CExpat", "CZip", "JudgeCore", "Units", yaml]),
        room(
            "Judging",
            ["CZlib", "JudgeCore", "Problems", "Sandboxing", "SandboxProtocol", "Units", log]),
        room("Store", ["CZlib", "JudgeCore", "Units", sqlite, sqliteLibrary]),
        .target(
            name: "Configuration", dependencies: ["JudgeCore", "SandboxProtocol", "Units", toml],
            resources: [.embedInCode("judge.conf")], swiftSettings: settings),
        room("Metrics", network),
        room(
            "Worker",
            [
                "JudgeCore", "Judging", "Metrics", "Problems", "Sandboxing", "Store", "Units", log,
                lifecycle,
                signals,
            ]),
        .executableTarget(
            name: "judge",
            dependencies: [
                "Configuration", "JudgeCore", "Judging", "Metrics", "Problems",
                "SandboxProtocol", "Sandboxing", "Store", "Units", "Worker", arguments, log,
                signals,
            ],
            swiftSettings: settings),

        // Tests, one folder per room. Programs that break limits and rules are sources beside them.
        tests("SandboxProtocol", ["Units"]),
        tests(
            "Sandboxing", ["Linux", "SandboxProtocol", "Units"],
            resources: [.copy("Attacks"), .copy("Programs")]),
        tests("JudgeCore", ["Units"], resources: [.copy("Data")]),
        tests("Configuration", ["JudgeCore", "SandboxProtocol", "Units"]),
        .testTarget(
            name: "JudgeCommandTests",
            dependencies: ["judge", "JudgeCore", "Store", "Units"],
            resources: [.copy("CompileAttacks")], swiftSettings: settings),
        tests("Store", ["JudgeCore", "Units", sqlite]),
        tests("Metrics"),
        tests(
            "Worker",
            [
                "JudgeCore", "Judging", "Metrics", "Problems", "Store", "Units", log,
                lifecycle, sqlite,
            ]),
        tests("Problems", ["JudgeCore", "Units"]),
        tests(
            "Judging", ["JudgeCore", "Problems", "SandboxProtocol", "Sandboxing", "Units", log],
            resources: [.copy("Data")]),
        .testTarget(name: "HouseTests", swiftSettings: settings),
    ]
)
