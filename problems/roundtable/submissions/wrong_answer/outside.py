"""Asks a machine that is none of the four: there is no way to it."""
import socket

input()
total = "?"
for address in ("10.0.0.5", "10.0.0.254", "192.0.2.1", "127.0.0.1"):
    try:
        with socket.create_connection((address, 4000), timeout=0.1) as other:
            total = other.recv(64).decode()
    except OSError:
        pass
print(total)
