"""Gives up at once when nobody listens."""
import socket
import sys

input()
socket.create_connection((f"10.0.0.{4 - int(sys.argv[-1])}", 4000))
