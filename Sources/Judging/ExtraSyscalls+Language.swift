import JudgeCore
import SandboxProtocol

/// The classes of system calls that a language asks for.
///
/// judge.conf was read with these names alone; a name that is none, as of a language stored by another
/// version, allows nothing.
func extraSyscalls(_ language: Language) -> Set<ExtraSyscalls> {
    Set(language.syscalls.compactMap(ExtraSyscalls.init(rawValue:)))
}
