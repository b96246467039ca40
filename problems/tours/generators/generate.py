"""Writes data/ and the examples' answers: run it in the package's directory."""
import random
from pathlib import Path


def way(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def length(towns, tour):
    return sum(way(towns[a], towns[b]) for a, b in zip(tour, tour[1:] + tour[:1]))


def nearest(towns):
    """Goes to the nearest town that is left."""
    tour, left = [0], set(range(1, len(towns)))
    while left:
        last = towns[tour[-1]]
        tour.append(min(left, key=lambda town: (way(last, towns[town]), town)))
        left.remove(tour[-1])
    return tour


def improved(towns):
    """Turns parts of the tour around, and moves parts of it, as long as that makes it shorter."""
    tour, count = nearest(towns), len(towns)
    better = True
    while better:
        better = False
        for i in range(count - 1):
            for j in range(i + 1, count):
                turned = tour[:i] + tour[i : j + 1][::-1] + tour[j + 1 :]
                rest = tour[:i] + tour[j + 1 :]
                moved = [rest[:k] + tour[i : j + 1] + rest[k:] for k in range(len(rest) + 1)] if j - i < 3 else []
                for other in [turned] + moved:
                    if length(towns, other) < length(towns, tour):
                        tour, better = other, True
                        break
    return tour


def example(path, name, tour):
    path = Path("submissions") / path / f"{name.replace('/', '-')}.ans"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{town + 1}\n" for town in tour))


def write(name, towns):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    best, count = improved(towns), len(towns)
    path.with_suffix(".in").write_text(f"{count}\n" + "".join(f"{x} {y}\n" for x, y in towns))
    path.with_suffix(".ans").write_text(f"{length(towns, best)}\n")
    example("accepted/improved", name, best)
    example("accepted/nearest", name, nearest(towns))
    example("accepted/as_listed", name, list(range(count)))
    example("wrong_answer/town_twice", name, best if "2-random" not in name else best[:-1] + best[:1])
    example("wrong_answer/one_too_many", name, best + best[:1])
    example("wrong_answer/not_numbers", name, best)
    if "3-" not in name:
        example("wrong_answer/no_answer", name, best)


random.seed(50)
write("sample/1", [(0, 0), (10, 10), (10, 0), (0, 10)])
ring = [(x, 0) for x in range(0, 5)] + [(4, y) for y in range(1, 5)] + [(x, 4) for x in range(0, 4)] + [(0, y) for y in range(1, 4)]
random.shuffle(ring)
write("secret/1-square", [(x * 1000, y * 1000) for x, y in ring])
write("secret/2-random", [(random.randrange(10_001), random.randrange(10_001)) for _ in range(60)])
centres = [(random.randrange(1000, 9001), random.randrange(1000, 9001)) for _ in range(6)]
write("secret/3-clusters", [(x + random.randrange(-300, 301), y + random.randrange(-300, 301)) for x, y in centres * 12])
Path("data/secret/test_group.yaml").write_text("max_score: 90\n")
Path("submissions/wrong_answer/not_numbers/secret-1-square.ans").write_text("one two three\n")
