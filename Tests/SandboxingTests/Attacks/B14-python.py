# case: B14
# attack: does the same from an interpreter, with raw calls by number
# expect: held
# outside: through
# soak: no
import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
for number, arguments in ((272, (0x10000000,)), (101, (16, os.getppid(), 0, 0)), (425, (4, 0)), (41, (38, 5, 0))):
    if libc.syscall(number, *arguments) >= 0:
        print("through: call", number)
        raise SystemExit
for attempt in (lambda: open(os.environ["CANARY"]), lambda: socket.socket(socket.AF_PACKET), lambda: os.mknod("/tmp/disk", 0o60666, 0x800)):
    try:
        attempt()
        print("through: an attempt succeeded")
        raise SystemExit
    except OSError as error:
        last = error
print("held:", last.strerror)
