"""Compares figures with Benchmarks/thresholds.toml."""
import tomllib

KEYS = {"of", "at_most", "at_least", "wanted", "optional", "why"}


class Failure(Exception):
    pass


def read(path):
    """{(part, figure): limit}; what is not understood is an error, not passed over."""
    with open(path, "rb") as file:
        sections = tomllib.load(file)
    limits = {}
    for part, rows in sections.items():
        for name, limit in rows.items():
            wrong = set(limit) - KEYS
            if wrong or limit.get("of") not in ("ratio", "value") or ("at_most" in limit) == ("at_least" in limit):
                raise Failure(f"{path}: [{part}.\"{name}\"] needs of, and at_most or at_least; {', '.join(wrong)}")
            limits[part, name] = limit
    return limits


def number(value):
    if value is None:
        return ""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def verdict(figure, limit):
    """(sentence, whether it is within the threshold)"""
    value = figure.get(limit["of"])
    if value is None:
        return "OVER: not measured", False
    upper = "at_most" in limit
    threshold = limit["at_most"] if upper else limit["at_least"]

    def within(bound):
        return value <= bound if upper else value >= bound

    side = "at most" if upper else "at least"
    text = f"{side} {number(threshold)}"
    if not within(threshold):
        return f"OVER: {limit['of']} {text}", False
    wanted = limit.get("wanted")
    if wanted is not None and not within(wanted):
        return f"{text}, wanted {side} {number(wanted)}", True
    return text, True


def compare(figures, limits, parts):
    """Lines of a table of all figures, and whether each threshold of these parts holds."""
    good = True
    rows = [("part", "what", "ours", "floor", "ratio", "threshold")]
    seen = set()
    for figure in figures:
        key = figure["part"], figure["name"]
        seen.add(key)
        sentence = ""
        if key in limits:
            sentence, holds = verdict(figure, limits[key])
            good = good and holds
        unit = figure.get("unit", "")
        floor = figure.get("floor")
        rows.append((
            figure["part"], figure["name"], f"{number(figure.get('value'))} {unit}".strip(),
            f"{number(floor)} {unit} {figure.get('floor_name', '')}".strip() if floor is not None else "",
            number(figure.get("ratio")), sentence))
    for key, limit in limits.items():
        if key[0] in parts and key not in seen and not limit.get("optional"):
            rows.append((*key, "", "", "", "OVER: not measured"))
            good = False
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows], good
