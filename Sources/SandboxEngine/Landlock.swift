// Theory of operation. A second wall around files, should the first (mounts and their flags) have a
// hole: by rules of Landlock a program may write below the places that are its own and nowhere else,
// and reach neither abstract sockets nor, by signals, processes of another run, its own init
// included. The rules for one run are collected here, before the clone; the program's child puts
// itself under them. A kernel without Landlock runs programs behind the first wall alone, which
// `judge doctor` says.

import CLinux
import Glibc
import Linux

/// What the kernel's Landlock can do, and the places of which a helper knows once and for all.
final class Landlock {
    /// 2 at least; below that files could not be renamed from one directory to another.
    private let version: Int
    private let root: Descriptor
    private let devices: Descriptor
    private var writable: [(place: Int32, isDirectory: Bool)] = []

    private static let execute: UInt64 = 1 << 0
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readDirectory: UInt64 = 1 << 3
    private static let makeDevice: UInt64 = 1 << 6 | 1 << 11
    private static let truncate: UInt64 = 1 << 14
    private static let scopes: UInt64 = 1 << 0 | 1 << 1  // abstract sockets, signals

    /// - Parameter writable: places that are shown as writable, as the calling process sees them.
    /// - Returns: nil where the kernel has no Landlock, or too little of it.
    init?(writable places: [String]) throws(KernelError) {
        version = cl_landlock_version()
        root = try Descriptor.open("/", pathOnly)
        devices = try Descriptor.open("/dev", pathOnly)
        guard version >= 2 else { return nil }
        for name in places {
            let place = try Descriptor.open(name, pathOnly)
            let isDirectory = try fileFacts(place.number, name).isDirectory
            writable.append((place.release(), isDirectory))
        }
    }

    deinit {
        for (place, _) in writable { _ = cl_close(place) }
    }

    /// Every right over files that this kernel knows; those over terminals and the like are left to
    /// the filter.
    private var all: UInt64 { version >= 3 ? 0x7fff : 0x3fff }

    /// Rules for one run.
    /// - Parameter own: the root directories of what the run may write.
    func rules(own: [Int32]) throws(KernelError) -> Descriptor {
        let result = cl_landlock_create(all, version >= 6 ? Self.scopes : 0)
        let rules = Descriptor(owning: Int32(try check(result, "make", "Landlock rules")))
        let reading = Self.execute | Self.readFile | Self.readDirectory
        try allow(reading, below: root.number, in: rules)
        try allow(Self.writeFile, below: devices.number, in: rules)
        let ofDirectories = all & ~Self.makeDevice
        for place in own { try allow(ofDirectories, below: place, in: rules) }
        let ofFiles = all & (Self.writeFile | Self.readFile | Self.execute | Self.truncate)
        for (place, isDirectory) in writable {
            try allow(isDirectory ? ofDirectories : ofFiles, below: place, in: rules)
        }
        return rules
    }

    private func allow(
        _ rights: UInt64, below place: Int32, in rules: borrowing Descriptor
    ) throws(KernelError) {
        try check(cl_landlock_allow(rules.number, rights, place), "add", "a Landlock rule")
    }
}
