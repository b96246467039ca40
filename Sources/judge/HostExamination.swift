import Configuration
import Foundation
import JudgeCore
import Judging
import Sandboxing

/// The machine held against what the settings want to do on it.
enum HostExamination {
    /// What all checks of the machine find, and the attack on one slot.
    static func everything(_ settings: Settings) async -> [HostFinding] {
        let host = findings(settings, slots: settings.worker.slots)
        guard !host.contains(where: { $0.level == .fail }) else {
            return host + [SelfAttack.notTried]
        }
        do {
            return try await Slots.with(1, settings) { slots in
                host + (await attack(slots, settings))
            }
        } catch {
            return host + [SelfAttack.impossible("\(CommandFailure(error)?.text ?? "\(error)")")]
        }
    }

    /// What the attack on open slots finds.
    static func attack(_ slots: [any Slot], _ settings: Settings) async -> [HostFinding] {
        do throws(CommandFailure) {
            return await SelfAttack.findings(on: slots, helper: try Slots.helperPath(settings))
        } catch {
            return [SelfAttack.impossible(error.text)]
        }
    }

    /// What all checks of the machine find.
    static func findings(_ settings: Settings, slots: Int) -> [HostFinding] {
        let helper: Result<String, TrialFailure>
        do throws(CommandFailure) {
            helper = .success(try Slots.helperPath(settings))
        } catch {
            helper = .failure(TrialFailure(error.text))
        }
        let database = URL(filePath: settings.database.path).deletingLastPathComponent()
        let purpose = HostPurpose(
            slots: slots, firstIdentity: settings.sandbox.firstIdentity,
            cgroup: settings.sandbox.cgroup,
            databaseDirectory: database.path(percentEncoded: false),
            programs: programs(settings),
            hidden: hiddenPlaces(settings), shown: settings.shown.map(\.host))
        return HostCheck.examine(.live(purpose, helper: helper)) + compiledPrograms(settings)
    }

    /// Whether programs that were compiled can be kept; nothing where they are not to be.
    private static func compiledPrograms(_ settings: Settings) -> [HostFinding] {
        guard let directory = settings.compiledPrograms else { return [] }
        let mend = "set cache in [compile] of judge.conf to a directory of the judge's own"
        do throws(CacheFault) {
            try CompileCache.examine(directory: directory)
        } catch {
            switch error {
            case .foreign(let why):
                return [
                    HostFinding(
                        name: "compile-cache", level: .fail, found: why,
                        why: "whoever writes there decides what is run and judged", mend: mend)
                ]
            case .unusable(let why):
                return [
                    HostFinding(
                        name: "compile-cache", level: .warn, found: why,
                        why: "each judging compiles anew", mend: mend)
                ]
            }
        }
        return [
            HostFinding(
                name: "compile-cache", level: .pass, found: directory,
                why: "what was compiled is kept for the next judging")
        ]
    }

    /// What no run may see.
    private static func hiddenPlaces(_ settings: Settings) -> [HiddenPlace] {
        var places = [
            HiddenPlace(
                name: "the database",
                path: URL(filePath: settings.database.path).standardizedFileURL
                    .path(percentEncoded: false)),
            HiddenPlace(name: "the installed problems", path: settings.problemsDirectory),
        ]
        if let programs = settings.compiledPrograms {
            places.append(HiddenPlace(name: "what was compiled", path: programs))
        }
        return places
    }

    /// The programs of the host that compile and run the languages, each once.
    private static func programs(_ settings: Settings) -> [NeededProgram] {
        var programs: [NeededProgram] = []
        for language in settings.languages {
            for path in language.hostPrograms.map(settings.hostPath) {
                if let index = programs.firstIndex(where: { $0.path == path }) {
                    programs[index].neededBy += ", \(language.name)"
                } else {
                    programs.append(
                        NeededProgram(
                            path: path, neededBy: language.name, package: language.package))
                }
            }
        }
        return programs
    }
}
