# One call inside the other for every ticket.
import sys

tickets = list(map(int, sys.stdin.buffer.read().split()[1:]))


def odd(place):
    return 0 if place == len(tickets) else tickets[place] ^ odd(place + 1)


print(odd(0))
