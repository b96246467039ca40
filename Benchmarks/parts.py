"""What is measured, one function a part: each gives figures with a value, a floor and the ratio of the two."""
import datetime
import json
import os
import re
import time

import peers
from desk import median

PARTS = {}


def part(function):
    PARTS[function.__name__] = function
    return function


def figure(name, value, unit, floor=None, floor_name=""):
    row = {"name": name, "value": value, "unit": unit}
    if floor is not None:
        row |= {"floor": floor, "floor_name": floor_name, "ratio": value / floor}
    return row


@part
def sandbox(desk):
    program = desk.compile("nothing.c", "-static", "-nostdlib")
    runs = desk.times(300, 20)
    names = {"bare": "bare spawn", "ours": "sandboxed run", "next": "sandboxed run after another",
             "setup": "from request to program",
             "bare2": "bare spawns, rate", "ours2": "sandboxed runs, rate", "bwrap2": "bubblewrap, rate"}
    rows = {name: [] for name in [*names, "spaces", "spaces2"]}
    commands = peers.installed(desk, program)
    others = {name: [] for name in commands}
    for _ in range(desk.times(5)):
        rows["spaces"].append(desk.floor("--namespaces", 1, runs, program)[0])
        rows["spaces2"].append(desk.floor("--namespaces", 2, runs, program)[2])
        for name in others:
            others[name].append(desk.floor(1, 20, *commands[name])[0])
        found = desk.bench("sandbox", "--slots", "2", "--runs", str(runs), "--program", program)
        for name, of in names.items():
            if of in found:
                rows[name].append(found[of]["per_second"] or found[of]["median_us"])
    middle = {name: median(values) for name, values in rows.items() if values}
    yield figure("run", middle["ours"], "us", middle["bare"], "bare spawn")
    yield figure("run beside namespaces", middle["ours"], "us", middle["spaces"], "spawn with seven namespaces")
    yield figure("run after another", middle["next"], "us", middle["spaces"], "spawn with seven namespaces")
    yield figure("from request to program", middle["setup"], "us", middle["bare"], "bare spawn")
    yield figure("two slots", middle["ours2"], "/s", middle["bare2"], "two bare loops")
    yield figure("two slots beside namespaces", middle["ours2"], "/s", middle["spaces2"], "two such loops")
    if "bwrap2" in middle:
        yield figure("two slots beside bubblewrap", middle["ours2"], "/s", middle["bwrap2"], "two of bubblewrap")
    for name, values in others.items():
        yield figure(f"run beside {name}", middle["next"], "us", median(values), name)


@part
def queue(desk):
    synced = []
    found = desk.bench("queue", "--runs", str(desk.times(3000, 60)))
    # Over what is there already, as the database's log is written.
    file = os.open(desk.place / "synced", os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(file, bytes(1 << 20))
    os.fsync(file)
    for turn in range(desk.times(200, 5)):
        start = time.monotonic()
        os.pwrite(file, bytes(4096), turn * 4096)
        os.fdatasync(file)
        synced.append((time.monotonic() - start) * 1e6)
    os.close(file)
    floor = median(synced), "4 KiB written and synced"
    for name in ("submit, on disk", "store a judgement, on disk"):
        yield figure(name, found[name]["median_us"], "us", *floor)
    yield figure("claim", found["claim"]["median_us"], "us", *floor)
    last = found["claim, the last tenth"]
    yield figure("claim beside finished ones", last["median_us"], "us", last["median_us"] / last["ratio"],
                 "beside few")


@part
def judging(desk):
    added = [desk.bench("judge")["beyond the program itself"]["median_us"] for _ in range(desk.times(3))]
    yield figure("added to a test", median(added), "us")
    numbers = range(1, 101)
    desk.install("hundred", [(f"{number}\n", f"{number}\n") for number in numbers])
    program = desk.compile("millisecond.c", "-static")
    given = desk.write("given", "7\n")
    source = desk.write("main.c", desk.program("millisecond.c"))
    desk.start()
    desk.submit("hundred", source, "--language", "c17")
    ours, bare = [], []
    submissions = desk.times(6)
    for _ in range(desk.times(3)):
        bare.append(desk.floor("--input", given, 2, 50 * submissions, program)[2])
        start = time.monotonic()
        ids = [desk.judge("submit", "hundred", source, "--language", "c17").strip() for _ in range(submissions)]
        desk.judge("result", *ids, "--wait")
        ours.append(len(numbers) * submissions / (time.monotonic() - start))
    yield figure("tests of 1 ms, two slots", median(ours), "/s", median(bare), "two bare loops")
    yield figure("tests of 1 ms, stored", median(ours), "/s")
    desk.stop()
    # One slot judges one after the other: from one stored verdict to the next is all that a judging takes.
    desk.start(slots=1)
    ids = [desk.judge("submit", "hundred", source, "--language", "c17").strip() for _ in range(submissions + 1)]
    desk.judge("result", *ids, "--wait")
    results = [json.loads(desk.judge("result", id, "--json")) for id in ids]
    ends = [datetime.datetime.fromisoformat(result["judged_at"].replace("Z", "+00:00")) for result in results]
    beyond = [((end - before).total_seconds() * 1e6 - sum(test["wall_time_us"] for test in result["tests"])) / len(numbers)
              for before, end, result in zip(ends, ends[1:], results[1:])]
    yield figure("added to a test, with queue and store", median(beyond), "us")


@part
def latency(desk):
    desk.install("hello", [("", "Hello, world\n")])
    desk.start()
    compiler = ["/usr/bin/gcc", "-std=gnu17", "-O2", "-static", "-o", str(desk.place / "program")]
    rows = {"compiler": [], "first": [], "again": []}
    for number in range(desk.times(12)):
        # Each is a source that was never compiled.
        source = desk.write(f"hello{number}.c", f"// {number}\n" + desk.program("hello.c"))
        compiled = desk.timed([*compiler, source, "-lm"])[0]
        first = desk.submit("hello", source, "--language", "c17")[0]
        again = desk.submit("hello", source, "--language", "c17")[0]
        # The first of all warms the host's caches.
        if number > 0:
            for name, value in (("compiler", compiled), ("first", first), ("again", again)):
                rows[name].append(value * 1e3)
    beyond = [first - compiled for first, compiled in zip(rows["first"], rows["compiler"])]
    start = [desk.timed([str(desk.build / "judge"), "list", "--database", str(desk.place / "judge.db"), "--json"])[0] * 1e3 for _ in range(desk.times(11))]
    yield figure("submit to verdict", median(rows["first"]), "ms", median(rows["compiler"]), "the compiler")
    yield figure("beyond the compiler", median(beyond), "ms")
    yield figure("compiled before", median(rows["again"]), "ms")
    yield figure("start of the command", median(start), "ms")


@part
def compile(desk):
    settings = (desk.here.parent / "judge.conf").read_text()
    section = re.search(r"^\[language\.cpp17\]\n(.*?)(?=^\[|\Z)", settings, re.S | re.M).group(1)
    plain = "\n".join(line for line in section.replace('"{precompiled}", ', "").splitlines()
                      if not line.startswith(("header", "precompile", "#")))
    plain = plain.replace("detected = true", "detected = false")
    # A file that names a language has no others.
    with open(desk.place / "judge.conf", "a") as file:
        file.write(f"\n[language.cpp17]\n{section}\n[language.plain]\n{plain}\n")
    desk.install("sorted", [("", "1\n")])
    desk.start()
    warm = desk.write("warm.cpp", "// warm\n" + desk.program("sorted.cpp"))
    for language in ("plain", "cpp17"):
        desk.submit("sorted", warm, "--language", language)
    rows = {"bare": [], "plain": [], "cpp17": [], "wall": [], "again": []}
    command = ["/usr/bin/g++", "-std=gnu++17", "-O2", "-static", "-o", str(desk.place / "program")]
    for number in range(desk.times(7)):
        # What was compiled from the same text is not compiled again, whatever language that is.
        for language in ("plain", "cpp17"):
            source = desk.write("sorted.cpp", desk.program("sorted.cpp") + f"// {number}, {language}\n")
            wall, answer = desk.submit("sorted", source, "--language", language)
            rows[language].append(answer["compile"]["cpu_time_us"] / 1e3)
        rows["bare"].append(desk.timed([*command, source, "-lm"])[1] * 1e3)
        rows["wall"].append(wall * 1e3)
        rows["again"].append(desk.submit("sorted", source, "--language", "cpp17")[0] * 1e3)
    middle = {name: median(values) for name, values in rows.items()}
    yield figure("without the header, CPU", middle["plain"], "ms", middle["bare"], "bare compiler")
    yield figure("with the header, CPU", middle["cpp17"], "ms", middle["bare"], "bare compiler")
    # How many times faster: the other way round than the rest.
    yield {"name": "times faster with the header", "value": middle["cpp17"], "unit": "ms", "floor": middle["plain"],
           "floor_name": "without it", "ratio": middle["plain"] / middle["cpp17"]}
    yield figure("submit to verdict again, from the cache", middle["again"], "ms", middle["wall"], "compiled now")


@part
def comparison(desk):
    for name, found in desk.bench("comparison", *(["--megabytes", "1", "--runs", "2"] if desk.quick else [])).items():
        if name.startswith("compare"):
            floor = found["median_us"] / found["ratio"]
            yield figure(name, found["median_us"] / 1e3, "ms", floor / 1e3, "reading both")


@part
def output(desk):
    program = desk.compile("lines.c", "-static")
    source = desk.write("lines.c", desk.program("lines.c"))
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else str(desk.place)
    for megabytes in (10, 100):
        lines = megabytes * 50_000
        desk.install(f"lines{megabytes}", [(f"{lines}\n", "1234 5678 9012 3456\n" * lines)], output=200)
    desk.start()
    for megabytes in (10, 100):
        given = desk.write("given", f"{megabytes * 50_000}\n")
        target = f"{memory}/judge-benchmarks-{os.getpid()}"
        problem = f"lines{megabytes}"
        desk.submit(problem, source, "--language", "c17")
        ours, bare = [], []
        for _ in range(desk.times(5)):
            try:
                bare.append(desk.floor("--input", given, "--output", target, 1, 1, program)[0] / 1e3)
            finally:
                if os.path.exists(target):
                    os.unlink(target)
            ours.append(desk.submit(problem, source, "--language", "c17")[0] * 1e3)
        yield figure(f"{megabytes} MB, submit to verdict", median(ours), "ms", median(bare),
                     "the program into a file in memory")


def resident(pid):
    """MB that are only this process's, or shared and counted whole."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) * 1024 / 1e6


def processor_time(pid):
    """Seconds of a process that lives, by its clock (clock_getcpuclockid(3)): /proc counts in ticks of 10 ms, of which
    one in the time that is measured here would be more than all that a worker uses."""
    return time.clock_gettime_ns((~pid) << 3 | 2) / 1e9


def children(pid):
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children") as file:
            found += [int(word) for word in file.read().split()]
    return found + [far for near in found for far in children(near)]


@part
def memory(desk):
    desk.install("hello", [("", "Hello, world\n")])
    source = desk.write("hello.c", desk.program("hello.c"))
    pid = desk.start()
    for _ in range(4):
        desk.submit("hello", source, "--language", "c17")
    helpers = children(pid)
    yield figure("worker", resident(pid), "MB")
    yield figure("largest helper after a run", max(map(resident, helpers)), "MB")
    # Helpers that have nothing to do let go of what they need for a run.
    time.sleep(desk.times(2, 0.5))
    yield figure("largest helper", max(map(resident, helpers)), "MB")
    yield figure("helpers of a slot", sum(map(resident, helpers)) / 2, "MB")
    everything = [pid, *helpers]
    before, start = sum(map(processor_time, everything)), time.monotonic()
    # A worker that waits looks every 30 s whether there is work.
    time.sleep(desk.times(60, 1))
    used = sum(map(processor_time, everything)) - before
    yield figure("idle", 100 * used / (time.monotonic() - start), "% of a processor")
