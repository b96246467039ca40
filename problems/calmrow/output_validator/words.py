"""Reads what may be anything."""


def read_numbers(output, n):
    """Exactly n numbers from 1 to n, or None. Long words are not converted: that takes quadratic time."""
    words = output.split()
    if len(words) != n or any(len(word) > 6 or not word.isdigit() for word in words):
        return None
    row = [int(word) for word in words]
    return row if all(1 <= number <= n for number in row) else None
