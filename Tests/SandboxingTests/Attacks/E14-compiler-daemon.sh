#!/bin/sh
# case: E14 A17
# attack: a compiler leaves a process that changes the product after it is done
# expect: taken
# outside: harmful: the process would live on beside the tests
# stage: product
echo "plain" >product
(while :; do echo "through: changed" >product; done) >/dev/null 2>&1 &
(while :; do echo "through: changed" >program; done) >/dev/null 2>&1 &
echo "plain" >product
kill -STOP $!
kill -9 $! $(($! - 1)) 2>/dev/null
echo "held: left processes"
