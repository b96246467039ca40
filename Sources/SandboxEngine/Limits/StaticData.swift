import CLinux
import Glibc
import Linux
import Units

/// How much memory a program's image asks for, as its program headers say; nil when it is no ELF file
/// of 64 bits. Reads no more than the headers, of a file that anybody may have written.
func imageSize(of program: Int32) throws(KernelError) -> Int64? {
    let header = try readAll(program, atMost: 4096, "the program")
    // Magic number, 64 bits, little-endian.
    guard header.count >= 64, header[..<6] == [0x7f, 0x45, 0x4c, 0x46, 2, 1] else { return nil }
    let start = number(header, at: 32, bytes: 8)
    let size = Int(number(header, at: 54, bytes: 2))
    let count = Int(number(header, at: 56, bytes: 2))
    guard size == 56, start <= 4096 else { return nil }
    var total: Int64 = 0
    for index in 0..<count {
        let place = Int(start) + index * size
        guard place + size <= header.count else { break }
        let isLoaded = number(header, at: place, bytes: 4) == 1  // PT_LOAD
        let bytes = Int64(clamping: number(header, at: place + 40, bytes: 8))
        if isLoaded { total = total.addingReportingOverflow(bytes).overflow ? .max : total + bytes }
    }
    return total
}

private func number(_ bytes: [UInt8], at place: Int, bytes count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[place + $1]) }
}
