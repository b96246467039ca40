"""Everybody listens and nobody calls."""
import socket
import sys

input()
socket.create_server((f"10.0.0.{int(sys.argv[-1]) + 1}", 4000)).accept()
