#!/bin/sh
# case: B14
# attack: does from a shell, with the host's tools, what it may not do itself
# expect: held
# outside: through
cat "$CANARY" 2>/dev/null && echo "through: read the canary"
for tool in mount unshare nsenter chroot losetup insmod sysctl dmesg; do
    command -v $tool >/dev/null || continue
    case $tool in
    mount) mount -t tmpfs none /tmp 2>/dev/null ;;
    unshare) unshare -Urm true 2>/dev/null ;;
    nsenter) nsenter -t 1 -m true 2>/dev/null ;;
    chroot) chroot / true 2>/dev/null ;;
    sysctl) sysctl -w kernel.core_pattern=x >/dev/null 2>&1 ;;
    dmesg) dmesg >/dev/null 2>&1 ;;
    *) false ;;
    esac && echo "through: $tool" && exit 0
done
echo "held: every tool was refused"
