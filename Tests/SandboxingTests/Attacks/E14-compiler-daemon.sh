#!/bin/sh
# case: E14 A17
# attack: a compiler leaves processes, one of which changes the product when the compiler is done
# expect: taken
# outside: harmful: the process would live on beside the tests
# stage: product
echo "plain" >product
# As long as the compiler lives the product is its own, and it may change it.
(while kill -0 $$; do :; done; sleep 0.1; while :; do echo "through: changed" >product; done) >/dev/null 2>&1 &
(while :; do :; done) >/dev/null 2>&1 &
kill -STOP $!
echo "held: left processes"
