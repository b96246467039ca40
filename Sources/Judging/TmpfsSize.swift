import Glibc

/// What tmpfs gives at a time.
let tmpfsPage: Int64 = 4_096

/// What a file of `size` bytes takes on tmpfs: whole pages, and one for its name.
func sizeOnTmpfs(_ size: Int64) -> Int64 {
    (size + tmpfsPage - 1) / tmpfsPage * tmpfsPage + tmpfsPage
}

/// - Throws: `machine` when there is no such file.
func sizeOnTmpfs(ofFile path: String) throws(JudgingError) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else {
        throw .machine("cannot read \(path): \(String(cString: strerror(errno)))")
    }
    return sizeOnTmpfs(Int64(status.st_size))
}
