kept=()
printf -v block '%*s' $((1 << 20)) ''
while true; do kept+=("$block"); done
