"""Six digits in base 128; each postcard has a digit and its place."""
PLACES, BASE = 6, 128


def cards(number):
    return [place * BASE + number // BASE**place % BASE for place in range(PLACES)]


def number(cards):
    return sum(card % BASE * BASE**(card // BASE) for card in cards)
