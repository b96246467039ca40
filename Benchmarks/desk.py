"""A directory with a database, a judge.conf and the commands of one build."""
import json
import os
import pathlib
import subprocess
import sys
import time


class Failure(Exception):
    pass


def median(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


class Desk:
    def __init__(self, build, place, here, quick):
        self.build, self.place, self.here, self.quick = pathlib.Path(build).resolve(), pathlib.Path(place), here, quick
        self.worker = None
        self.write("judge.conf", f"""
[database]
path = "{place}/judge.db"
[problems]
directory = "{place}/problems"
[compile]
cache = "{place}/cache"
[worker]
slots = 2
""")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def times(self, usual, quick=2):
        """How often something is made."""
        return quick if self.quick else usual

    def write(self, name, text):
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def program(self, name):
        return (self.here / "programs" / name).read_text()

    def compile(self, name, *options):
        """Compiles a program of this folder for the host, as a floor."""
        product = str(self.place / pathlib.Path(name).stem)
        source = self.here / name if name == "floor.c" else self.here / "programs" / name
        self.call(["gcc", "-O2", *options, "-o", product, str(source)])
        return product

    def call(self, command, directory=None):
        answer = subprocess.run(command, capture_output=True, text=True, cwd=directory or self.place,
                                env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "TMPDIR": str(self.place)})
        if answer.returncode:
            raise Failure(f"{' '.join(command)} ended with {answer.returncode}: {answer.stderr.strip()}")
        return answer.stdout

    def judge(self, *arguments):
        return self.call([str(self.build / "judge"), *arguments])

    def bench(self, *arguments):
        """The figures of judge bench by name; rates apart from times of the same name."""
        figures = json.loads(self.judge("bench", *arguments, "--json"))["figures"]
        return {figure["name"] + (", rate" if figure["per_second"] else ""): figure for figure in figures}

    def floor(self, *arguments):
        """(median, 90 % quantile, per second) of bare spawns, times in us."""
        floor = self.place / "floor"
        if not floor.exists():
            self.compile("floor.c")
        return tuple(float(word) for word in self.call([str(floor), *map(str, arguments)]).split())

    def install(self, name, tests, output=8, seconds=10):
        """Installs a problem of these (input, answer)s."""
        self.write(f"{name}/problem.yaml", f"name: {name}\nlimits:\n  time_limit: {seconds}\n  output: {output}\n")
        for number, (given, answer) in enumerate(tests, 1):
            self.write(f"{name}/data/secret/{number:03}.in", given)
            self.write(f"{name}/data/secret/{number:03}.ans", answer)
        self.judge("problem", "add", name)

    def start(self, slots=2):
        """Starts a worker; returns its process number."""
        log = open(self.place / "worker.log", "w")
        self.worker = subprocess.Popen([str(self.build / "judge"), "worker", "--slots", str(slots)], cwd=self.place,
                                       stdout=log, stderr=log, env={"PATH": "/usr/bin:/bin"})
        return self.worker.pid

    def stop(self):
        if self.worker:
            self.worker.terminate()
            try:
                self.worker.wait(20)
            except subprocess.TimeoutExpired:
                self.worker.kill()
                self.worker.wait()
            self.worker = None

    def submit(self, problem, *arguments):
        """Submits, waits for AC and returns (seconds, what --json says)."""
        if self.worker and self.worker.poll() is not None:
            raise Failure(f"the worker ended: {(self.place / 'worker.log').read_text().strip()}")
        start = time.monotonic()
        answer = self.judge("submit", problem, *arguments, "--wait", "--json")
        return time.monotonic() - start, json.loads(answer)

    def timed(self, command):
        """Seconds and CPU seconds of a command that must end well."""
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=self.place, stdout=subprocess.DEVNULL,
                                   env={"PATH": "/usr/bin:/bin", "TMPDIR": str(self.place)})
        _, status, usage = os.wait4(process.pid, 0)
        took = time.monotonic() - start
        process.returncode = status
        if status:
            raise Failure(f"{' '.join(command)} ended with status {status}")
        return took, usage.ru_utime + usage.ru_stime


def tell(sentence):
    print(f"   {sentence}", file=sys.stderr)
