# case: E16
# attack: changes what the language itself offers, to reach what runs beside it in its process
# expect: held
# outside: untried: nothing of the judge's is in that process anywhere
# soak: no
import builtins
import gc
import os
import sys

builtins.print, shown = (lambda *words: None), print
found = [name for name in sys.modules if "judge" in name or "checker" in name]
found += [value for value in gc.get_objects() if isinstance(value, str) and value.startswith("secret-")]
sys.exit = os._exit
if found:
    shown("through:", found[:3])
else:
    shown("held: the process holds the program alone")
