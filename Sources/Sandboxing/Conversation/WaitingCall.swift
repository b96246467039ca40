/// A system call that a thread waits in, as `/proc/TID/syscall` shows it.
struct WaitingCall: Equatable {
    var number: Int
    var arguments: [UInt64]

    /// nil for a thread that is in no call, and for what is not a line of that file.
    init?(_ line: String) {
        let words = line.split(separator: " ")
        guard words.count >= 7, let number = Int(words[0]), number >= 0 else { return nil }
        self.number = number
        arguments = words[1...6].compactMap { word in
            word.hasPrefix("0x") ? UInt64(word.dropFirst(2), radix: 16) : nil
        }
        guard arguments.count == 6 else { return nil }
    }

    /// Whether only others can end the waiting: it has no time limit.
    ///
    /// Calls that are not listed, sleeping among them, count as ending by themselves.
    var isEndless: Bool {
        switch number {
        case Numbers.read, Numbers.readv, Numbers.write, Numbers.writev, Numbers.wait4,
            Numbers.waitid, Numbers.pause, Numbers.sigsuspend, Numbers.accept, Numbers.accept4,
            Numbers.recvfrom, Numbers.recvmsg:
            true
        case Numbers.poll, Numbers.epollWait, Numbers.epollPwait:
            // Milliseconds as a C int, below 0 for ever.
            Int32(truncatingIfNeeded: arguments[number == Numbers.poll ? 2 : 3]) < 0
        case Numbers.ppoll: arguments[2] == 0
        case Numbers.select, Numbers.pselect6: arguments[4] == 0
        case Numbers.epollPwait2, Numbers.futex: arguments[3] == 0
        default: false
        }
    }

    /// What it waits for to be readable.
    enum Source: Equatable {
        case descriptor(UInt64)
        /// Whichever of several.
        case several
    }

    /// nil when it does not wait for bytes to come.
    var source: Source? {
        switch number {
        case Numbers.read, Numbers.readv: .descriptor(arguments[0])
        case Numbers.poll, Numbers.ppoll, Numbers.select, Numbers.pselect6, Numbers.epollWait,
            Numbers.epollPwait, Numbers.epollPwait2:
            .several
        default: nil
        }
    }

    /// Numbers of the kernel's own table; -1 for what a machine does not have.
    enum Numbers {
        #if arch(x86_64)
            static let (read, readv, write, writev) = (0, 19, 1, 20)
            static let (poll, ppoll, select, pselect6) = (7, 271, 23, 270)
            static let (epollWait, epollPwait, epollPwait2, futex) = (232, 281, 441, 202)
            static let (wait4, waitid, pause, sigsuspend) = (61, 247, 34, 130)
            static let (accept, accept4, recvfrom, recvmsg) = (43, 288, 45, 47)
        #elseif arch(arm64)
            static let (read, readv, write, writev) = (63, 65, 64, 66)
            static let (poll, ppoll, select, pselect6) = (-1, 73, -1, 72)
            static let (epollWait, epollPwait, epollPwait2, futex) = (-1, 22, 441, 98)
            static let (wait4, waitid, pause, sigsuspend) = (260, 95, -1, 133)
            static let (accept, accept4, recvfrom, recvmsg) = (202, 242, 207, 212)
        #else
            static let (read, readv, write, writev) = (-1, -1, -1, -1)
            static let (poll, ppoll, select, pselect6) = (-1, -1, -1, -1)
            static let (epollWait, epollPwait, epollPwait2, futex) = (-1, -1, -1, -1)
            static let (wait4, waitid, pause, sigsuspend) = (-1, -1, -1, -1)
            static let (accept, accept4, recvfrom, recvmsg) = (-1, -1, -1, -1)
        #endif
    }
}
