import CLinux

/// Instructions of a filter; all jumps lead forward.
struct FilterCode {
    private let code: [sock_filter]

    init(_ code: [sock_filter]) { self.code = code }

    init(_ bytes: [UInt8]) {
        code = bytes.withUnsafeBytes { bytes in
            let size = MemoryLayout<sock_filter>.stride
            return stride(from: 0, to: bytes.count / size * size, by: size).map {
                bytes.loadUnaligned(fromByteOffset: $0, as: sock_filter.self)
            }
        }
    }

    var bytes: [UInt8] { code.withUnsafeBytes { Array($0) } }

    /// The same without comparisons that hold for every argument.
    ///
    /// Of an `int` libseccomp compares the upper half, too, under a mask of 0: it loads it, makes 0 of
    /// it, and asks whether it is 0. These three go where nobody jumps into their middle and what
    /// follows loads anew, so that nobody sees what they loaded.
    var withoutVoidComparisons: FilterCode {
        var entered: Set<Int> = []
        for index in code.indices { entered.formUnion(targets(index)) }
        var isVoid = Array(repeating: false, count: code.count)
        var index = 0
        while index + 3 < code.count {
            guard isVoidComparison(index), code[index + 3].code == Self.load,
                !entered.contains(index + 1), !entered.contains(index + 2)
            else {
                index += 1
                continue
            }
            for place in index..<index + 3 { isVoid[place] = true }
            index += 3
        }
        return without(isVoid)
    }

    /// - Parameter isGone: of each instruction, whether it is left out; who leads to one that is leads to the
    ///   next that stays.
    private func without(_ isGone: [Bool]) -> FilterCode {
        var places: [Int] = []
        var count = 0
        for isGone in isGone {
            places.append(count)
            if !isGone { count += 1 }
        }
        // No jump gets longer.
        let left = code.indices.filter { !isGone[$0] }.map { index in
            var instruction = code[index]
            func distance(_ jump: Int) -> Int { places[index + 1 + jump] - places[index] - 1 }
            if instruction.code == Self.jump {
                instruction.k = UInt32(distance(Int(instruction.k)))
            } else if isJump(instruction) {
                instruction.jt = UInt8(distance(Int(instruction.jt)))
                instruction.jf = UInt8(distance(Int(instruction.jf)))
            }
            return instruction
        }
        return FilterCode(left)
    }

    private func targets(_ index: Int) -> [Int] {
        let instruction = code[index]
        if instruction.code == Self.jump { return [index + 1 + Int(instruction.k)] }
        guard isJump(instruction) else { return [] }
        return [index + 1 + Int(instruction.jt), index + 1 + Int(instruction.jf)]
    }

    private func isJump(_ instruction: sock_filter) -> Bool { instruction.code & 7 == 5 }

    /// Whether here `0 == 0` is asked, and the answer leads on.
    private func isVoidComparison(_ index: Int) -> Bool {
        let (mask, question) = (code[index + 1], code[index + 2])
        return code[index].code == Self.load && mask.code == Self.and && mask.k == 0
            && question.code == Self.jumpIfEqual && question.k == 0 && question.jt == 0
    }

    // BPF_LD | BPF_W | BPF_ABS, BPF_ALU | BPF_AND | BPF_K, BPF_JMP | BPF_JEQ | BPF_K, BPF_JMP | BPF_JA
    private static let load: UInt16 = 0x20
    private static let and: UInt16 = 0x54
    private static let jumpIfEqual: UInt16 = 0x15
    private static let jump: UInt16 = 0x05
}
