# What the programs of this directory share: checks of this machine, the installation of what is missing, the release build.
# Sourced, never run. shellcheck shell=bash
#
# Exit codes: 64 usage, 69 something needed is not there, 70 the judge itself failed.

name=deploy/$(basename "$0")

say() {
    printf '\n== %s\n' "$1"
}

# die CODE SENTENCE
die() {
    printf '%s: %s\n' "$name" "$2" >&2
    exit "$1"
}

require_linux_root() {
    [[ $(uname -s) == Linux ]] || die 69 "this is $(uname -s), and the judge needs Linux: its sandbox is made of the kernel's own parts"
    ((EUID == 0)) || die 69 "this needs root, for namespaces, cgroups and packages; run: sudo $name"
}

# Prints the directory of a Swift toolchain's programs, or nothing.
find_swift() {
    local candidates=() home directory
    local found
    if found=$(command -v swift) && [[ $(basename "$(readlink -f "$found")") != swiftly ]]; then
        dirname "$found"
        return
    fi
    # sudo resets PATH: look where people put toolchains, and in the homes of root and of who called sudo.
    candidates=(/opt/swift/usr/bin /opt/swift*/usr/bin /usr/local/swift*/usr/bin /usr/share/swift*/usr/bin)
    for home in "$HOME" "$(getent passwd "${SUDO_USER:-root}" | cut -d: -f6)"; do
        candidates+=("$home"/.local/share/swiftly/toolchains/*/usr/bin "$home"/swift*/usr/bin)
    done
    for directory in "${candidates[@]}"; do
        if [[ -x $directory/swift ]]; then
            echo "$directory"
            return
        fi
    done
}

# Puts Swift into PATH. The manifest asks for the tools of version 6.2 at least.
require_swift() {
    local directory version major minor
    directory=$(find_swift)
    [[ -n $directory ]] || die 69 "no Swift here: install Swift 6.3 from swift.org, or name its programs' directory: sudo env PATH=DIRECTORY:\$PATH $name"
    export PATH=$directory:$PATH
    version=$(swift --version 2>&1 | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    major=${version%.*} minor=${version#*.}
    [[ -n $version ]] || die 69 "$directory/swift does not run; try: $directory/swift --version"
    ((major > 6 || (major == 6 && minor >= 2))) || die 69 "Swift $version in $directory is too old: the judge needs Swift 6.2 or newer and is tested with 6.3"
    echo "Swift $version in $directory"
}

# Whether groups with limits on memory and processes can be made, on either version of cgroups.
require_cgroup() {
    local controller mount probe
    local mounts=()
    if [[ $(stat -f -c %T /sys/fs/cgroup 2>/dev/null) == cgroup2fs ]]; then
        for controller in memory pids; do
            grep -qw "$controller" /sys/fs/cgroup/cgroup.controllers ||
                die 69 "cgroup v2 has no controller '$controller' here; start the kernel with cgroup_enable=$controller, or give the container that controller"
        done
        mounts=(/sys/fs/cgroup)
        echo "cgroup v2"
    else
        for controller in memory pids cpuacct; do
            mount=$(findmnt -n -t cgroup -O "$controller" -o TARGET | head -n 1)
            [[ -n $mount ]] || die 69 "no cgroup for '$controller' is mounted; the judge needs cgroup v2, or v1 with memory, pids and cpuacct"
            mounts+=("$mount")
        done
        echo "cgroup v1"
    fi
    for mount in "${mounts[@]}"; do
        probe=$mount/judge-probe-$$
        mkdir "$probe" 2>/dev/null || die 69 "cannot make a group in $mount; in a container run it privileged, with a writable cgroup file system"
        rmdir "$probe"
    done
}

# install_packages PACKAGE...
# Installs Debian packages.
install_packages() {
    if (($# == 0)); then
        echo "nothing is missing"
        return
    fi
    command -v apt-get >/dev/null || die 69 "these are missing and there is no apt-get to install them: $*"
    echo "installing: $*"
    export DEBIAN_FRONTEND=noninteractive
    local install=(apt-get install -y -qq --no-install-recommends "$@")
    # The package lists are fetched only when those here do not do.
    "${install[@]}" >/dev/null 2>&1 && return
    apt-get update -qq >/dev/null || die 69 "cannot fetch Debian's package lists; see: apt-get update"
    "${install[@]}" >/dev/null || die 69 "cannot install $*; see: apt-get install $*"
}

# install_missing FILE:PACKAGE...
# Installs the Debian package of every file that is not there.
install_missing() {
    local pair packages=()
    for pair in "$@"; do
        compgen -G "${pair%%:*}" >/dev/null || packages+=("${pair#*:}")
    done
    install_packages "${packages[@]}"
}

# Files by which to see that what building and judging need is there, with the Debian packages that bring them.
# shellcheck disable=SC2034 # used by those who source this
needed=(
    /usr/bin/git:git
    /usr/bin/gcc:gcc
    /usr/bin/g++:g++
    "/usr/lib/*/libc.a:libc6-dev"
    /usr/bin/python3:python3
    /usr/include/seccomp.h:libseccomp-dev
    /usr/include/zip.h:libzip-dev
    /usr/include/zlib.h:zlib1g-dev
    /usr/include/expat.h:libexpat1-dev
    /usr/include/sqlite3.h:libsqlite3-dev
    /usr/bin/sqlite3:sqlite3
)

resolved=
# build_release DIRECTORY
# Builds judge-sandbox and judge for release in DIRECTORY/build, and says in "built" where they are. Caches go into DIRECTORY, too.
build_release() {
    # shellcheck disable=SC2154 # set by those who source this
    [[ -e $here/Package.resolved ]] || resolved=made
    # Finding a dozen libraries of Swift and binding to them is half of the start of a command.
    local options=(-c release --static-swift-stdlib --package-path "$here" --scratch-path "$1/build")
    # The package manager's own settings, such as mirrors, still hold.
    [[ ! -d $HOME/.swiftpm/configuration ]] || options+=(--config-path "$HOME/.swiftpm/configuration")
    [[ ! -f $HOME/.gitconfig ]] || export GIT_CONFIG_GLOBAL=$HOME/.gitconfig
    local product
    mkdir -p "$1/home"
    for product in judge-sandbox judge; do
        # Caches go where HOME is. A lock of the caller's is not for what the build leaves running.
        HOME=$1/home TMPDIR=$1/home swift build "${options[@]}" --product "$product" 9>&- ||
            die 70 "the build of $product failed; its messages are above"
    done
    built=$(HOME=$1/home TMPDIR=$1/home swift build "${options[@]}" --show-bin-path 9>&-)
}

# The clone is left as it was.
forget_resolved() {
    [[ -z $resolved ]] || rm -f "$here/Package.resolved"
}
