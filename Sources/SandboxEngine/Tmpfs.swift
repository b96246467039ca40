import CLinux
import Glibc
import Linux
import Units

/// A new tmpfs that is mounted nowhere yet.
/// - Parameter isOwn: whether it belongs to the caller's effective user, and not to root.
func newTmpfs(
    size: String, inodes: Int, mode: String, isOwn: Bool = false, attributes: UInt32
) throws(KernelError) -> Descriptor {
    let context = Descriptor(owning: Int32(try check(cl_fsopen("tmpfs"), "fsopen", "tmpfs")))
    var options = [
        ("source", "judge"), ("size", size), ("nr_inodes", String(inodes)), ("mode", mode),
    ]
    // An owner that is named can be read in the mount table.
    if !isOwn { options += [("uid", "0"), ("gid", "0")] }
    for (key, value) in options {
        try check(cl_fsconfig_string(context.number, key, value), "fsconfig", "tmpfs \(key)")
    }
    try check(cl_fsconfig_create(context.number), "fsconfig", "tmpfs")
    return Descriptor(
        owning: Int32(try check(cl_fsmount(context.number, attributes), "fsmount", "tmpfs")))
}

/// Bytes that are in use in a tmpfs.
/// - Parameter mount: a descriptor of it or of anything in it.
func tmpfsUse(
    _ mount: Int32, _ subject: @autoclosure () -> String
) throws(KernelError) -> ByteCount {
    var facts = statvfs()
    try check(fstatvfs(mount, &facts) < 0 ? -Int(errno) : 0, "measure", subject())
    return ByteCount(Int64((facts.f_blocks - facts.f_bfree) * facts.f_frsize))
}
