import CLinux

/// The rights of this process's programs.
package enum Privileges {
    /// Whether a program that is started can have more rights than this process, by being set-user-id for
    /// instance; PR_SET_NO_NEW_PRIVS of prctl(2) takes that away for good, `NoNewPrivileges=` of systemd by it.
    package static var canBeGained: Bool {
        cl_prctl(PR_GET_NO_NEW_PRIVS, 0, 0) == 0
    }
}
