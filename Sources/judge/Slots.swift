import Configuration
import Foundation
import JudgeCore
import Judging
import Sandboxing

/// Opens slots as the settings say and closes them again.
enum Slots {
    /// Opens `count` slots, does `work` on them and closes them, also when `work` throws.
    ///
    /// - Throws: `SandboxError` when the machine cannot run sandboxes as it is.
    static func with<Value: Sendable>(
        _ count: Int, _ settings: Settings, moreMounts: [FileMount] = [],
        _ work: ([any Slot]) async throws -> Value
    ) async throws -> Value {
        var slots: [any Slot] = []
        let result: Result<Value, any Error>
        do {
            let helper = try helperPath(settings)
            // Slots bound to few processors would leave the other slots the same ones.
            let isBound =
                try settings.sandbox.bindProcessors
                && count <= SlotConfiguration.processorsToBind()
            for index in 0..<count {
                var configuration = configuration(index, helper, settings)
                configuration.mounts += moreMounts
                configuration.ownProcessor = isBound
                slots.append(try await SandboxSlot.open(configuration))
            }
            result = .success(try await work(slots))
        } catch {
            result = .failure(error)
        }
        for slot in slots { await slot.close() }
        return try result.get()
    }

    private static func configuration(
        _ index: Int, _ helper: String, _ settings: Settings
    ) -> SlotConfiguration {
        SlotConfiguration(
            index: index, helperPath: helper, firstIdentity: settings.sandbox.firstIdentity,
            mounts: settings.sandbox.readOnly.map { FileMount(host: $0.host, inside: $0.inside) }
                + settings.languages.flatMap(\.readOnly).map {
                    let mount = ReadOnlyMount($0) ?? ReadOnlyMount(host: $0, inside: $0)
                    return FileMount(host: mount.host, inside: mount.inside, isOptional: true)
                },
            cgroup: settings.sandbox.cgroup)
    }

    /// The helper that the settings name, else the one beside this program, else the installed one.
    static func helperPath(_ settings: Settings) throws(CommandFailure) -> String {
        if let path = settings.sandbox.helper {
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw CommandFailure(
                    .unavailable,
                    "cannot start the sandbox: \(path) is not a program; "
                        + "change helper in [sandbox] of judge.conf")
            }
            return path
        }
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let directory = program.deletingLastPathComponent()
        let places = [
            directory.appending(path: "judge-sandbox"),
            directory.deletingLastPathComponent().appending(path: "libexec/judge/judge-sandbox"),
        ].map { $0.path(percentEncoded: false) }
        guard let found = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw CommandFailure(
                .unavailable,
                "cannot start the sandbox: there is no \(places.joined(separator: " and no ")); "
                    + "install judge-sandbox there, or set helper in [sandbox] of judge.conf")
        }
        return found
    }
}

extension Settings {
    /// What runs see of the host beyond the built-in view: what `[sandbox]` says, and of what the languages need
    /// that which there is; each place once.
    var shown: [ReadOnlyMount] {
        var mounts = sandbox.readOnly
        for path in languages.flatMap(\.readOnly) {
            let mount = ReadOnlyMount(path) ?? ReadOnlyMount(host: path, inside: path)
            guard FileManager.default.fileExists(atPath: mount.host),
                !mounts.contains(where: { $0.inside == mount.inside })
            else { continue }
            mounts.append(mount)
        }
        return mounts
    }

    /// Where on the host a program lies that runs see at a path.
    func hostPath(of program: String) -> String {
        for mount in shown where program == mount.inside || program.hasPrefix(mount.inside + "/") {
            return mount.host + program.dropFirst(mount.inside.count)
        }
        return program
    }

    /// The programs that a language needs and that this machine has not, as runs see them.
    func missingPrograms(of language: Language) -> [String] {
        language.hostPrograms.filter {
            !FileManager.default.isExecutableFile(atPath: hostPath(of: $0))
        }
    }

    /// By id of the languages that this machine has not, what would mend that.
    var absentLanguages: [String: String] {
        var absent: [String: String] = [:]
        for language in languages {
            let missing = missingPrograms(of: language)
            guard !missing.isEmpty else { continue }
            absent[language.id] = language.mend(missing: missing)
        }
        return absent
    }

    /// What the room Judging wants to know of judge.conf.
    var judging: JudgingSettings {
        var judging = JudgingSettings()
        judging.wallFactor = limits.wallFactor
        judging.wallMinimum = limits.wallMinimum
        judging.fairTime.band = limits.timeBand
        judging.fairTime.repeats = limits.timeRepeats
        judging.fairTime.stolenShare = limits.disturbedSteal
        judging.fairTime.waitingShare = limits.disturbedWaiting
        judging.measuringLimit = limits.measuringLimit
        judging.openFiles = sandbox.openFiles
        judging.fileSize = sandbox.fileSize
        judging.tmpSize = sandbox.tmpSize
        judging.boxSize = sandbox.boxSize
        judging.compileProcesses = compile.processes
        judging.compileOpenFiles = compile.openFiles
        judging.compileWallFactor = compile.wallFactor
        judging.compileOutput = compile.output
        judging.compileTmpSize = compile.tmpSize
        judging.productSize = compile.productSize
        judging.compilerOutputKept = compile.outputKept
        judging.validatorProcesses = validators.processes
        judging.validatorsKept = validators.kept
        judging.transcriptKept = validators.transcriptKept
        judging.outputs = OutputKeeping(
            tests: outputs.tests, each: outputs.each, total: outputs.total)
        judging.checkerMessageKept = outputs.message
        return judging
    }
}
