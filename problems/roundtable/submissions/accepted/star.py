"""The first machine collects all numbers and tells everybody the sum."""
import socket
import sys
import time

MACHINES, PORT = 4, 4000


def line(connection):
    text = b""
    while not text.endswith(b"\n"):
        text += connection.recv(64)
    return int(text)


def collect(number):
    listener = socket.create_server(("10.0.0.1", PORT))
    others = [listener.accept()[0] for _ in range(MACHINES - 1)]
    total = number + sum(map(line, others))
    for other in others:
        other.sendall(b"%d\n" % total)
    return total


def ask(number):
    while True:
        try:
            first = socket.create_connection(("10.0.0.1", PORT))
            break
        except ConnectionRefusedError:
            # It does not listen yet.
            time.sleep(0.005)
    first.sendall(b"%d\n" % number)
    return line(first)


number = int(input())
print(collect(number) if sys.argv[-1] == "0" else ask(number))
