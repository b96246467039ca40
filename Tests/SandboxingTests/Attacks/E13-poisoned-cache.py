# case: E13
# attack: leaves compiled modules for later runs in the caches of the interpreter
# expect: held
# outside: untried: the host's caches are not to be poisoned
# runs: leave, find
# soak: no
import importlib.util
import json
import os
import sys
import tempfile

places = [importlib.util.cache_from_source(json.__file__), json.__file__]
places += [os.path.join(path, "sitecustomize.py") for path in sys.path if os.path.isdir(path)]
places += ["/tmp/__pycache__/json.pyc", os.path.expanduser("~/.cache/x"), "/usr/local/lib/x.pth"]
if sys.argv[1] == "leave":
    os.makedirs("/tmp/__pycache__", exist_ok=True)
    for place in places:
        try:
            open(place, "ab").close()
            # In /tmp it may: the next run must not find it.
            if not place.startswith("/tmp"):
                print("through: wrote", place)
        except OSError:
            pass
elif os.path.exists("/tmp/__pycache__") or os.listdir(tempfile.gettempdir()):
    print("through: found", os.listdir(tempfile.gettempdir()))
else:
    print("held: nothing was kept")
