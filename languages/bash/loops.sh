n=0
while true; do ((n++)); done
