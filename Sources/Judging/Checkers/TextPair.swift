import Glibc

/// Two texts that are walked over together, each from a place of its own, as fast as memory gives them.
struct TextPair {
    let output: UnsafeRawBufferPointer
    let answer: UnsafeRawBufferPointer

    /// How many bytes both have in common from these places on.
    ///
    /// - Parameter ignoringCase: takes A to Z for a to z; no other bytes are changed.
    @inline(__always)
    func common(_ here: Int, _ there: Int, ignoringCase: Bool) -> Int {
        let count = min(output.count - here, answer.count - there)
        // A few words first: most texts that differ do so often.
        let few = min(count, 64)
        var length = words(here, there, 0, few, ignoringCase)
        guard length == few, few < count else { return length }
        length = blocks(here, there, length, count)
        if ignoringCase { length = letterBlocks(here, there, length, count) }
        return words(here, there, length, count, ignoringCase)
    }

    /// Passes over what is equal by ever longer blocks; what is left differs soon or is short.
    private func blocks(_ here: Int, _ there: Int, _ start: Int, _ count: Int) -> Int {
        guard let left = output.baseAddress, let right = answer.baseAddress else { return start }
        var (length, block) = (start, 64)
        while length + block <= count,
            memcmp(left + here + length, right + there + length, block) == 0
        {
            length += block
            block = min(block * 2, 1 << 16)
        }
        return length
    }

    /// Passes over what is equal but for the case of letters by blocks of 64 bytes, in each of which is
    /// asked once whether there is another difference: so the compiler takes several words at a time.
    @inline(never)
    private func letterBlocks(_ here: Int, _ there: Int, _ start: Int, _ count: Int) -> Int {
        var length = start
        while length + 64 <= count {
            var (different, notLetters): (UInt64, UInt64) = (0, 0)
            for place in 0..<8 {
                let left = word(output, here + length + place * 8)
                let difference = left ^ word(answer, there + length + place * 8)
                different |= difference
                // The bit of case, moved to the top of its byte.
                notLetters |= (difference << 2) & ~letterBits(left)
            }
            guard different & each(0xDF) == 0, notLetters & each(0x80) == 0 else { return length }
            length += 64
        }
        return length
    }

    /// How many bytes are common, of which `start` are known to be; eight at a time.
    @inline(__always)
    private func words(
        _ here: Int, _ there: Int, _ start: Int, _ count: Int, _ ignoringCase: Bool
    ) -> Int {
        var length = start
        while length + 8 <= count {
            let left = word(output, here + length)
            let right = word(answer, there + length)
            if left != right {
                var different = left ^ right
                if ignoringCase { different &= ~caseBits(left, different) }
                if different != 0 { return length + different.trailingZeroBitCount / 8 }
            }
            length += 8
        }
        while length < count {
            let left = output[here + length]
            let different = left ^ answer[there + length]
            guard different == 0 || (ignoringCase && different == 32 && isLetter(left)) else {
                return length
            }
            length += 1
        }
        return length
    }

    /// The eight bytes from this place on, the first in the lowest bits.
    @inline(__always)
    private func word(_ text: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}

/// The bits of `different` that are all the difference of their byte and one between a letter of
/// `text` and the same letter in the other case.
@inline(__always)
private func caseBits(_ text: UInt64, _ different: UInt64) -> UInt64 {
    // The top bit of each byte that is different in another bit, too.
    let others = different & each(0xDF)
    let touched = ((others & each(0x7F)) + each(0x7F)) | others
    return (letterBits(text) & ~touched & each(0x80)) >> 2
}

/// Has the top bit of each byte that is a letter; the others say nothing.
@inline(__always)
private func letterBits(_ text: UInt64) -> UInt64 {
    let lowered = (text | each(0x20)) & each(0x7F)
    // Not below a, not above z, ASCII. No sum leaves its byte.
    return (lowered &+ each(0x80 - 0x61)) & ~(lowered &+ each(0x80 - 0x7B)) & ~text
}

/// Eight times this byte.
@inline(__always)
private func each(_ byte: UInt64) -> UInt64 { 0x0101_0101_0101_0101 * byte }

private func isLetter(_ byte: UInt8) -> Bool {
    let lowered = byte | 32
    return lowered >= 97 && lowered <= 122
}
