#!/bin/sh
# case: A13 E10
# attack: a compiler leaves more than its product, for the runs to find
# expect: refused
# outside: through
# stage: product
# take: checker input.txt evil.so sitecustomize.py evil.pth __pycache__
ln -s "$CANARY" checker
ln -s "$CANARY" input.txt
ln -s /bin/sh evil.so
mkdir __pycache__ evil.pth
ln -s "$CANARY" sitecustomize.py
echo "held: left them"
