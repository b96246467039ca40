import Glibc
import Synchronization

/// One line on standard error that says how far long work is; nothing unless it is a terminal.
final class Progress: Sendable {
    private let isTerminal: Bool
    /// What the line says now; nil when there is none.
    private let shown = Mutex<String?>(nil)

    init() {
        isTerminal = isatty(2) == 1
    }

    func show(_ text: String) {
        guard isTerminal else { return }
        let text = String(Printable.line(text).prefix(79))
        shown.withLock { shown in
            guard shown != text else { return }
            StandardStreams.tell("\r\u{1b}[K" + text)
            shown = text
        }
    }

    /// Takes the line away, before results are printed.
    func clear() {
        shown.withLock { shown in
            if shown != nil { StandardStreams.tell("\r\u{1b}[K") }
            shown = nil
        }
    }
}
