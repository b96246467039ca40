"""Other sandboxes: how each is told to run a static program in fresh namespaces, where it is installed."""
import json
import os
import shutil

from desk import Failure, tell


def bubblewrap(desk, program):
    return [shutil.which("bwrap"), "--unshare-all", "--ro-bind", program, "/nothing", "/nothing"]


def nsjail(desk, program):
    return [shutil.which("nsjail"), "-Mo", "--really_quiet", "--chroot", "/", "--", program]


def isolate(desk, program):
    """Of a box that stands already: without its --init and --cleanup, which each submission needs once."""
    tool = shutil.which("isolate")
    box = desk.call([tool, "--init"]).strip()
    shutil.copy(program, os.path.join(box, "box", "nothing"))
    return [tool, "--run", "--silent", "--", "./nothing"]


def crun(desk, program):
    tool = shutil.which("crun")
    bundle = desk.place / "bundle"
    (bundle / "rootfs").mkdir(parents=True, exist_ok=True)
    shutil.copy(program, bundle / "rootfs" / "nothing")
    if not (bundle / "config.json").exists():
        desk.call([tool, "spec"], directory=bundle)
        config = json.loads((bundle / "config.json").read_text())
        config["process"] |= {"terminal": False, "args": ["/nothing"]}
        (bundle / "config.json").write_text(json.dumps(config))
    return [tool, "run", "--bundle", str(bundle), f"judge-benchmarks-{os.getpid()}"]


PEERS = {"bubblewrap": ("bwrap", bubblewrap), "nsjail": ("nsjail", nsjail), "isolate": ("isolate", isolate),
         "crun": ("crun", crun)}


def installed(desk, program):
    """Commands by name of those that are installed and run this program here; of the others it is told why not."""
    commands = {}
    for name, (tool, make) in PEERS.items():
        if not shutil.which(tool):
            continue
        try:
            command = make(desk, program)
            desk.floor(1, 1, *command)
            commands[name] = command
        except (Failure, OSError) as error:
            tell(f"{name} is installed and cannot be measured: {error}")
    return commands
