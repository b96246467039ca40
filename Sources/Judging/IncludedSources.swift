import JudgeCore
import Problems

extension SourceSet {
    /// No file of a package that is compiled is larger, also after its constants were put in.
    private static let fileLimit = 64 << 20

    /// With the files that the package adds for the language, which take the place of submitted ones
    /// of the same name.
    ///
    /// - Throws: `refused` when the package's files cannot be used, `machine` when they cannot be read.
    func completed(by problem: Problem, in language: Language) throws(JudgingError) -> SourceSet {
        var complete = self
        for included in problem.included.files(for: language.code) {
            let file = SourceFile(
                name: included.name,
                bytes: try Self.read(included.path, constants: problem.constants))
            complete.included.insert(file.name)
            if let place = complete.files.firstIndex(where: { $0.name == file.name }) {
                complete.files[place] = file
            } else {
                complete.files.append(file)
            }
        }
        if let main = problem.included.main(for: language.code) { complete.entryPoint = main }
        return complete
    }

    /// A source of the package with its constants in place.
    static func read(_ path: String, constants: Constants) throws(JudgingError) -> [UInt8] {
        let content = try MappedFile(path: path)
        guard
            let bytes = content.withBytes({
                constants.applied(to: Array($0), atMost: fileLimit)
            })
        else {
            throw .refused("\(path) has more than 64 MiB, its constants in place")
        }
        return bytes
    }
}
