# Counts each ticket by reading the whole list again.
import sys

tickets = list(map(int, sys.stdin.buffer.read().split()[1:]))
for ticket in tickets:
    if tickets.count(ticket) % 2:
        print(ticket)
        break
