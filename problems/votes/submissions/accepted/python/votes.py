from collections import Counter


def winner(votes):
    vote, count = Counter(votes).most_common(1)[0]
    return vote if 2 * count > len(votes) else -1
